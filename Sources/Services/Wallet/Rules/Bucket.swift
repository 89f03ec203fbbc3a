/// The name of a sub-balance of a player's wallet, as the brand's topology lists it: `cash`, `bonus`.
package struct Bucket: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let name: String

  /// Nil unless the name is 1 to 32 lower-case letters, digits and underscores, a letter first.
  package init?(_ name: String) {
    let bytes = name.utf8
    guard let first = bytes.first, (0x61...0x7A).contains(first), bytes.count <= 32 else { return nil }
    guard bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }) else { return nil }
    self.name = name
  }

  package var description: String { name }

  package static func < (left: Bucket, right: Bucket) -> Bool { left.name < right.name }
}
