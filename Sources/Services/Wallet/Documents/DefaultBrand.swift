internal import Kernel
internal import Platform
internal import Synchronization

/// The brand with the code `default`, for the one place where a brand may be missing: background work that resolves a topology
/// (S0-WAL-11, S0-WAL-12). Read once at start, because its number never changes.
final class DefaultBrand: Sendable {
  private static let code = "default"

  private let catalog: BrandCatalog
  private let metrics: WalletMetrics
  private let primed = Mutex<BrandID?>(nil)

  init(catalog: BrandCatalog, metrics: WalletMetrics) {
    self.catalog = catalog
    self.metrics = metrics
  }

  /// - Throws: ``StartRefused`` when there is no such brand; the driver's error when the catalogue can't be read.
  func prime() async throws {
    guard let brand = try await catalog.all().first(where: { $0.code.rawValue == Self.code }) else {
      throw StartRefused("there is no brand with the code '\(Self.code)'")
    }
    primed.withLock { $0 = brand.id }
  }

  /// The brand to use for a call of `origin` that names none. Counted: in a healthy system the count stands still.
  ///
  /// - Throws: `Problem` with `internal_error` before ``prime()``: guessing a brand is worse than failing.
  func fallback(for origin: CallerLabel) throws(Problem) -> BrandID {
    guard let brand = primed.withLock({ $0 }) else {
      metrics.defaultBrandUnprimed.increment()
      throw Problem(.internalError, detail: "the default brand was not read at start")
    }
    metrics.defaultBrandFallback.increment([origin.rawValue])
    return brand
  }
}
