internal import Kernel

/// The value of `X-Brand-Signature`: `v1.<seconds since 1970>.<nonce>.<HMAC>`, the last two in base64url. One spelling per value.
struct BrandSignatureValue {
  static let nonceBytes = 16
  static let authenticationCodeBytes = 32

  let timestamp: Int64
  let nonce: [UInt8]
  let authenticationCode: [UInt8]

  init(timestamp: Int64, nonce: [UInt8], authenticationCode: [UInt8]) {
    self.timestamp = timestamp
    self.nonce = nonce
    self.authenticationCode = authenticationCode
  }

  init(parsing text: String) throws(BrandSignatureFailure) {
    let parts = text.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.first == "v1" else { throw .unsupportedVersion }
    guard parts.count == 4, let timestamp = Decimal64.parse(parts[1]),
      let nonce = Base64URL.decode(String(parts[2])), nonce.count == Self.nonceBytes,
      let code = Base64URL.decode(String(parts[3])), code.count == Self.authenticationCodeBytes
    else { throw .malformed }
    self.init(timestamp: timestamp, nonce: nonce, authenticationCode: code)
  }

  var text: String { "v1.\(timestamp).\(Base64URL.encode(nonce)).\(Base64URL.encode(authenticationCode))" }
}
