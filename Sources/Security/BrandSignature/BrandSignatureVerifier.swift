internal import Crypto
internal import FoundationEssentials
package import Kernel

/// Verifies `X-Brand-Signature` (the seed's `verify_request_brand_signature`) under the active or the outgoing key.
package struct BrandSignatureVerifier: Sendable {
  /// How far the signer's clock may be from ours, in seconds, either way.
  package static let windowSeconds: Int64 = 120

  private let keys: BrandSignatureKeys

  package init(keys: BrandSignatureKeys) { self.keys = keys }

  /// Whether a signature was seen before is for the caller to ask, with the proof's replay key.
  package func verify(
    header: String?, request: BrandSignedRequest, now: Timestamp
  ) throws(BrandSignatureFailure) -> BrandSignatureProof {
    guard let active = keys.active else { throw header == nil && !keys.isConfigured ? .missing : .misconfigured }
    guard let header else { throw .missing }
    let value = try BrandSignatureValue(parsing: header)
    guard CallerLabel.signers.contains(request.caller) else { throw .callerNotAllowed }
    let layout = request.layout(timestamp: value.timestamp, nonce: value.nonce)
    let usedPreviousKey = try usedPreviousKey(value.authenticationCode, layout, active)
    let age = now.seconds - value.timestamp
    guard (-Self.windowSeconds...Self.windowSeconds).contains(age) else { throw .stale }
    return BrandSignatureProof(
      caller: request.caller, brand: request.brand, usedPreviousKey: usedPreviousKey,
      replayKey: "\(request.caller.rawValue):\(Hexadecimal.encode(value.nonce))",
      expiresAt: value.timestamp + Self.windowSeconds + 1)
  }

  private func usedPreviousKey(
    _ code: [UInt8], _ layout: [UInt8], _ active: SymmetricKey
  ) throws(BrandSignatureFailure) -> Bool {
    if HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: layout, using: active) { return false }
    guard let previous = keys.previous, HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: layout, using: previous)
    else { throw .badSignature }
    return true
  }
}
