internal import Kernel

/// The three parts of a JWS in compact form (RFC 7515 section 7.1), decoded but not believed.
struct CompactToken {
  let header: [UInt8]
  let payload: [UInt8]
  let signature: [UInt8]
  /// The bytes that the signature covers: header, dot, payload, as they stand in the token.
  let signed: ArraySlice<UInt8>

  init(_ token: [UInt8]) throws(TokenRefusal) {
    let parts = token.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { throw .notCompact }
    guard let header = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
      let signature = Base64URL.decode(parts[2])
    else { throw .encoding }
    self.header = header
    self.payload = payload
    self.signature = signature
    self.signed = token[..<parts[1].endIndex]
  }
}
