internal import Crypto
package import Kernel

/// What a brand signature covers: who writes to which brand, and the request itself.
package struct BrandSignedRequest: Sendable {
  package let caller: CallerLabel
  package let brand: BrandID
  /// As on the wire: `POST`.
  package let method: String
  /// Path and query as on the wire, nothing decoded.
  package let target: String
  /// SHA-256 of the body's bytes.
  package let bodyDigest: [UInt8]

  package init(caller: CallerLabel, brand: BrandID, method: String, target: String, body: [UInt8]) {
    self.caller = caller
    self.brand = brand
    self.method = method
    self.target = target
    self.bodyDigest = Array(SHA256.hash(data: body))
  }

  /// The bytes under the HMAC: `docs/formats/brand-signature.md`.
  func layout(timestamp: Int64, nonce: [UInt8]) -> [UInt8] {
    var layout = LengthPrefixed()
    layout.append("cordon/brand-signature/1")
    layout.append(caller.rawValue)
    layout.append(brand.rawValue)
    layout.append(method)
    layout.append(target)
    layout.append(timestamp)
    layout.append(nonce)
    layout.append(bodyDigest)
    return layout.bytes
  }
}
