/// The `Authorization` header's bearer token (RFC 6750 section 2.1).
package enum BearerToken {
  /// Nil unless the value is the scheme, one space and a token without spaces. The scheme's case doesn't matter (RFC 9110 section 11.1).
  package static func read(_ value: String?) -> [UInt8]? {
    guard let bytes = value.map({ Array($0.utf8) }), bytes.count > 7, bytes[6] == 0x20 else { return nil }
    guard String(decoding: bytes[..<6], as: UTF8.self).lowercased() == "bearer" else { return nil }
    let token = Array(bytes[7...])
    return token.contains { $0 <= 0x20 || $0 >= 0x7F } ? nil : token
  }
}
