internal import Crypto
package import Kernel

/// Makes and reads the opaque cursors of lists: where the next page begins, bound to the list and its filter by an HMAC, so that a cursor
/// can't be made up, altered, or used on another brand's or another player's list.
package struct PageCursor: Sendable {
  private static let digestBytes = 16
  private let key: SymmetricKey

  /// - Parameter secret: any secret of the role; the key is derived from it for this use alone.
  package init(secret: String) {
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: Array(secret.utf8)), info: Array("cordon page cursor 1".utf8), outputByteCount: 32)
  }

  /// - Parameters:
  ///   - position: the list's own name for the last row of the page.
  ///   - scope: everything that the list was asked for: route, brand, player, filter.
  package func encode(position: String, scope: String) -> String {
    Base64URL.encode(digest(position, scope) + Array(position.utf8))
  }

  /// - Throws: `invalid_field` for anything that ``encode(position:scope:)`` didn't give for this scope.
  package func decode(_ cursor: String, scope: String) throws(Problem) -> String {
    if let bytes = Base64URL.decode(cursor), bytes.count > Self.digestBytes,
      let position = String(validating: bytes.dropFirst(Self.digestBytes), as: UTF8.self),
      isEqual(Array(bytes.prefix(Self.digestBytes)), digest(position, scope))
    {
      return position
    }
    throw Problem(.invalidField, faults: [.init(pointer: "/query/cursor", detail: "not a cursor of this list")])
  }

  private func digest(_ position: String, _ scope: String) -> [UInt8] {
    var mac = HMAC<SHA256>(key: key)
    for part in [scope, position] {
      withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { mac.update(data: $0) }
      mac.update(data: Array(part.utf8))
    }
    return Array(Array(mac.finalize()).prefix(Self.digestBytes))
  }

  /// Compares without telling by its duration where two digests differ.
  private func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
