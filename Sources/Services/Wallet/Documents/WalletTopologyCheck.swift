internal import Kernel
internal import Platform

/// Compares a topology document with the active one. The one operation of the wallet that may be asked without a brand: background work
/// that has none is answered for the default brand, and counted (S0-WAL-12).
struct WalletTopologyCheck: Sendable {
  let reads: WalletReads
  let catalog: BrandCatalog
  let defaultBrand: DefaultBrand

  /// - Parameter brand: nil for a caller that knows none.
  func check(_ document: WalletTopologyDocument, brand: BrandID?, caller: CallerLabel) async throws -> WalletTopologyCheckAnswer {
    let id = if let brand { brand } else { try defaultBrand.fallback(for: caller) }
    guard try await catalog.brand(id) != nil else { throw Problem(.unresolvedBrand, detail: "brand \(id) is not in the catalogue") }
    let active = try await reads.topology(of: id)
    return WalletTopologyCheckAnswer(
      brand: id.rawValue, activeVersion: active.version, faults: Self.faults(document, after: active.document),
      addedBuckets: Self.names(document).subtracting(Self.names(active.document)).sorted())
  }

  /// A bucket that disappears would strand the money in it.
  static func faults(_ document: WalletTopologyDocument, after active: WalletTopologyDocument) -> [String] {
    var faults: [String] = []
    do throws(WalletDocumentFault) { _ = try document.topology() } catch { faults.append(error.description) }
    return faults + names(active).subtracting(names(document)).sorted().map { "bucket '\($0)' of the active topology is missing" }
  }

  private static func names(_ document: WalletTopologyDocument) -> Set<String> { Set(document.buckets.map(\.name)) }
}
