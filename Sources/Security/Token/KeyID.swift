package import Kernel

/// The name of a signing key (`kid`): 1 to 64 letters, digits, dots, hyphens and underscores.
///
/// What stands in a token's header is an untrusted look-up key, never a path or a query: it is compared with the names
/// of the keys that are loaded and used for nothing else.
package struct KeyID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package static let charactersMax = 64

  package let rawValue: String

  package init?(_ text: some StringProtocol) {
    let bytes = text.utf8
    guard !bytes.isEmpty, bytes.count <= Self.charactersMax, bytes.allSatisfy(Self.isAllowed) else { return nil }
    self.rawValue = String(text)
  }

  private init(unchecked text: String) { self.rawValue = text }

  /// The dated form `YYYYMMDD-N` that keys made by Cordon have (S0-JWT-09).
  package static func dated(_ moment: Timestamp, number: UInt16) -> KeyID {
    let day = moment.description.prefix(10).filter { $0 != "-" }
    return KeyID(unchecked: "\(day)-\(number)")
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  package var description: String { rawValue }

  package static func < (left: KeyID, right: KeyID) -> Bool { left.rawValue < right.rawValue }
}
