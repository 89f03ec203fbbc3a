internal import Crypto
internal import Foundation
internal import Kernel

@testable internal import Security

/// Tokens that HS256 signs with something that everybody knows: an RSA public key taken for a shared secret.
enum SymmetricForgery {
  /// The payload of a genuine token under another header and signature, once for each form of the key.
  static func tokens(payload: String, keyID: String, publicKeyPEM: String) -> [String] {
    let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"at+jwt","kid":"\#(keyID)"}"#.utf8))
    let lines = publicKeyPEM.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
    let keys = [Data(publicKeyPEM.utf8), Data(base64Encoded: lines) ?? Data()]
    return keys.map { key in
      let code = HMAC<SHA256>.authenticationCode(for: Data("\(header).\(payload)".utf8), using: SymmetricKey(data: key))
      return "\(header).\(payload).\(Base64URL.encode(Array(code)))"
    }
  }
}
