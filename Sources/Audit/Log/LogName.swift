internal import Evidence
internal import Kernel

/// A log as operators call it, in metrics, logs and warnings.
struct LogName: Hashable, Sendable, CustomStringConvertible {
  static let labels = ["brand_code", "ledger"]

  /// `-` for the platform's own logs; no brand can be called that.
  let brandCode: String
  let ledger: Ledger

  init(_ brand: BrandCode?, _ ledger: Ledger) {
    brandCode = brand?.rawValue ?? "-"
    self.ledger = ledger
  }

  var values: [String] { [brandCode, ledger.rawValue] }

  var description: String { brandCode == "-" ? "\(ledger.rawValue) of the platform" : "\(ledger.rawValue) of brand \(brandCode)" }
}
