internal import Kernel
internal import Platform

/// What a check must know of a stack before it begins.
extension HarnessStack {
  /// What the gateway says of itself decides what is expected of it.
  func profile() async throws -> HarnessProfile {
    let health: HealthBody
    do {
      health = try await self.health(.gateway)
    } catch {
      throw HarnessFault.unreachable(role: .gateway, url: url(.gateway), why: "\(error)")
    }
    // A staging stack may be checked (S0-E2E-32); one that says it is production, or nothing, may not.
    if ["production", "prod", "live"].contains(health.environment) { throw HarnessFault.production(label: health.environment) }
    guard let profile = EnforcementMode(rawValue: health.enforcementMode).flatMap({ HarnessProfile($0) }) else {
      throw HarnessFault.enforcementOff
    }
    return profile
  }

  /// The two brands of the seed.
  func seedBrands() async throws -> (first: DemoBrand, second: DemoBrand) {
    let known = try await BrandCatalog(database: database).all()
    func brand(_ seed: SeedBrand) throws -> DemoBrand {
      guard let brand = known.first(where: { $0.code.rawValue == seed.code }) else { throw HarnessFault.brandMissing(code: seed.code) }
      return DemoBrand(id: brand.id.rawValue, code: seed.code, host: "\(seed.code).local", currency: brand.currency.code)
    }
    return (try brand(.standard), try brand(.second))
  }
}
