internal import Crypto
internal import FoundationEssentials
package import Kernel

/// Signs brand-scoped writes for one caller's outbound clients (S0-SIG-01, S0-SIG-17). A retry is signed anew.
package struct BrandSigner: Sendable {
  private let key: SymmetricKey

  /// - Returns: nil without an active key.
  package init?(keys: BrandSignatureKeys) {
    guard let active = keys.active else { return nil }
    self.key = active
  }

  /// - Returns: the value for `X-Brand-Signature`.
  package func sign(_ request: BrandSignedRequest, now: Timestamp) -> String {
    let nonce = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
    return sign(request, timestamp: now.seconds, nonce: nonce)
  }

  func sign(_ request: BrandSignedRequest, timestamp: Int64, nonce: [UInt8]) -> String {
    let layout = request.layout(timestamp: timestamp, nonce: nonce)
    let code = Array(HMAC<SHA256>.authenticationCode(for: layout, using: key))
    return BrandSignatureValue(timestamp: timestamp, nonce: nonce, authenticationCode: code).text
  }
}
