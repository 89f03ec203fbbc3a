internal import Kernel
internal import Synchronization

/// What is wrong per brand, for `/health`: it doesn't keep the worker from working, so that readiness doesn't fail for it.
final class WalletCheckWarnings: Sendable {
  private let brands = Mutex<[BrandCode: String]>([:])

  func set(_ open: [WalletFindingKind: Int64], of brand: BrandCode) {
    let kinds = open.filter { $0.value > 0 }.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
    let text = kinds.isEmpty ? nil : "wallet invariants of brand \(brand) are broken: \(kinds.joined(separator: ", "))"
    brands.withLock { $0[brand] = text }
  }

  func set(fault: String, of brand: BrandCode) {
    brands.withLock { $0[brand] = $0[brand] ?? "wallet invariants of brand \(brand) can't be checked: \(fault)" }
  }

  var texts: [String] { brands.withLock { $0.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value) } }
}
