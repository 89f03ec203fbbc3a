internal import Crypto
internal import Kernel

/// One rung of the ladder: a numbered SQL file, applied once, in its own transaction, and never changed afterwards.
package struct Migration: Hashable, Sendable {
  /// 1 for `0001_….sql`.
  package let number: Int64
  /// What stands between the number and `.sql`.
  package let name: String
  /// SHA-256 of the file's bytes, in lower-case hexadecimal.
  package let checksum: String
  package let up: String
  /// How to undo it outside production; nil when there is no `.down.sql`.
  package let down: String?

  package init(number: Int64, name: String, up: String, down: String? = nil) {
    self.number = number
    self.name = name
    self.checksum = Hexadecimal.encode(SHA256.hash(data: Array(up.utf8)))
    self.up = up
    self.down = down
  }

  /// `0001_roles_and_schemas`, as the file is called.
  package var label: String { Migration.label(number, name) }

  static func label(_ number: Int64, _ name: String) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
  }
}
