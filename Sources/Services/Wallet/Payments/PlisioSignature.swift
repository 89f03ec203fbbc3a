internal import Crypto
internal import Kernel

/// Verifies `X-Plisio-Signature`: HMAC-SHA256 over the body's bytes as they came, in lower-case hexadecimal (S0-WAL-29).
struct PlisioSignature: Sendable {
  let key: SymmetricKey

  /// In constant time; which byte is wrong can't be measured.
  func accepts(_ header: String?, body: [UInt8]) -> Bool {
    guard let header, let code = Hexadecimal.decode(header), code.count == SHA256.byteCount else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
  }
}
