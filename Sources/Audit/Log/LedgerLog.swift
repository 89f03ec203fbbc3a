package import Evidence
package import Kernel

/// A log: whose it is, and where its entries are read.
package enum LedgerLog: Sendable {
  case brand(BrandID, any LedgerSource)
  case platform(any PlatformLedgerSource)

  package var ledger: Ledger {
    switch self {
    case .brand(_, let source): source.ledger
    case .platform(let source): source.ledger
    }
  }

  package var scope: LogScope {
    switch self {
    case .brand(let brand, _): .brand(brand)
    case .platform: .platform
    }
  }
}
