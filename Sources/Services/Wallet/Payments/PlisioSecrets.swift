internal import Crypto
internal import Kernel
internal import Platform

/// The secrets that Plisio signs callbacks with: a brand's own, or the one of all brands that have none. Never printed.
package struct PlisioSecrets: Sendable {
  /// A shorter one can be guessed.
  package static let bytesMin = 16

  private let byBrand: [String: SymmetricKey]
  private let common: SymmetricKey?

  /// - Parameters:
  ///   - common: `PLISIO_SECRET_KEY`.
  ///   - byBrand: `PLISIO_SECRET_KEYS`, by brand code.
  /// - Returns: nil when one is too short.
  package init?(common: String?, byBrand: [String: String]) {
    guard ([common].compactMap { $0 } + byBrand.values).allSatisfy({ $0.utf8.count >= Self.bytesMin }) else { return nil }
    self.common = common.map { SymmetricKey(data: Array($0.utf8)) }
    self.byBrand = byBrand.mapValues { SymmetricKey(data: Array($0.utf8)) }
  }

  /// - Parameter byBrandJSON: the value of `PLISIO_SECRET_KEYS`, a JSON object of texts.
  package init?(common: String?, byBrandJSON: String?) {
    var byBrand: [String: String] = [:]
    if let byBrandJSON {
      guard case .object(let members) = try? JSONDocument.parse(Array(byBrandJSON.utf8)) else { return nil }
      for member in members {
        guard case .string(let secret) = member.value else { return nil }
        byBrand[member.name] = secret
      }
    }
    self.init(common: common, byBrand: byBrand)
  }

  /// Nil for a brand that takes no payments through Plisio.
  func verifier(of brand: BrandCode) -> PlisioSignature? { (byBrand[brand.rawValue] ?? common).map { PlisioSignature(key: $0) } }
}
