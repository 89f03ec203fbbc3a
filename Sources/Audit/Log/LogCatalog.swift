package import Evidence
internal import Kernel
package import Platform

/// Which logs there are: each brand's ledgers, and the platform's.
package struct LogCatalog: Sendable {
  private let brands: BrandCatalog
  private let sources: [any LedgerSource]

  package init(brands: BrandCatalog, sources: [any LedgerSource]) {
    self.brands = brands
    self.sources = sources
  }

  /// A brand's logs, or the platform's; those of `ledgers` alone where any are named.
  package func logs(of scope: LogScope, only ledgers: [Ledger] = []) -> [LedgerLog] {
    sources.filter { ledgers.isEmpty || ledgers.contains($0.ledger) }.compactMap { source in
      switch scope {
      case .brand(let brand): source.isOfBrands ? .brand(brand, source) : nil
      case .platform: (source as? any PlatformLedgerSource).map { .platform($0) }
      }
    }
  }

  func all() async throws -> [(name: LogName, log: LedgerLog)] {
    let ofBrands = try await brands.all().flatMap { brand in
      logs(of: .brand(brand.id)).map { (name: LogName(brand.code, $0.ledger), log: $0) }
    }
    return ofBrands + logs(of: .platform).map { (name: LogName(nil, $0.ledger), log: $0) }
  }
}
