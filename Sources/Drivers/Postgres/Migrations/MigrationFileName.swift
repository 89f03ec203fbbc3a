/// `0001_name.sql` or `0001_name.down.sql`, taken apart.
struct MigrationFileName: Hashable {
  let number: Int64
  let name: String
  let isDown: Bool

  private init(number: Int64, name: String, isDown: Bool) {
    self.number = number
    self.name = name
    self.isDown = isDown
  }

  /// Nil when the file isn't named so: four digits, not all zero, an underscore, then lower-case letters, digits and underscores.
  init?(_ file: String) {
    guard file.hasSuffix(".sql") else { return nil }
    let stem = file.dropLast(4)
    isDown = stem.hasSuffix(".down")
    let label = isDown ? stem.dropLast(5) : stem
    let digits = label.prefix(4)
    guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    guard let number = Int64(digits), number > 0 else { return nil }
    let rest = label.dropFirst(4)
    guard rest.first == "_", rest.count > 1, rest.utf8.dropFirst().allSatisfy(Self.isNameByte) else { return nil }
    self.number = number
    self.name = String(rest.dropFirst())
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
  }

  var upward: MigrationFileName { MigrationFileName(number: number, name: name, isDown: false) }
  var downward: MigrationFileName { MigrationFileName(number: number, name: name, isDown: true) }
  var text: String { Migration.label(number, name) + (isDown ? ".down.sql" : ".sql") }
}
