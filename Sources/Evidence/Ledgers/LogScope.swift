package import Kernel

/// Whose ledger a log is: a brand's, or that of the acts on the platform itself.
package enum LogScope: Hashable, Sendable, CustomStringConvertible {
  case brand(BrandID)
  case platform

  /// `brand/7`, `platform`: as origins have it.
  package var description: String {
    switch self {
    case .brand(let brand): "brand/\(brand)"
    case .platform: "platform"
    }
  }

  /// Reads the one spelling.
  package init?(_ text: some StringProtocol) {
    if text.utf8.elementsEqual("platform".utf8) {
      self = .platform
      return
    }
    guard text.utf8.starts(with: "brand/".utf8), let brand = BrandID(text: text.dropFirst(6)) else { return nil }
    self = .brand(brand)
  }

  /// What `brand_id` is in every entry of such a log; nil where it is NULL.
  package var brandID: Int64? {
    if case .brand(let brand) = self { brand.rawValue } else { nil }
  }
}
