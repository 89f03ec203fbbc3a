internal import Kernel
internal import Platform
internal import Postgres

/// Finds the bonus terms of a deposit (the seed's `_resolve_manual_bonus_terms`).
struct ManualBonusResolver: Sendable {
  let database: Database

  /// Zero for a deposit whose row names no brand, from before brands: nothing is looked up without one (S0-WAL-33).
  func terms(of deposit: PendingDeposit) async throws -> ManualBonusTerms {
    guard let brand = deposit.brand else { return .zero }
    return ManualBonusTerms(json: try await BrandSettings.resolve(ManualBonusTerms.key, brand: brand, in: database)?.value)
  }
}
