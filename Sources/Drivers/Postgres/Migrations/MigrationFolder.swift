internal import Glibc

/// The folder of migration files: `0001_name.sql` upwards without gaps, each optionally with `0001_name.down.sql`.
package enum MigrationFolder {
  /// Other files (a README) are ignored; everything that ends with `.sql` must be a migration.
  package static func load(directory: String) throws(MigrationError) -> [Migration] {
    try assemble(try sqlFiles(in: directory))
  }

  /// The rules without the disk. - Parameter files: names and contents.
  static func assemble(_ files: [(name: String, content: String)]) throws(MigrationError) -> [Migration] {
    var ups: [Int64: [MigrationFileName]] = [:]
    var downs: [MigrationFileName: String] = [:]
    var contents: [MigrationFileName: String] = [:]
    for (file, content) in files.sorted(by: { $0.name < $1.name }) {
      guard let name = MigrationFileName(file) else { throw .badName(file: file) }
      if name.isDown {
        downs[name.upward] = content
      } else {
        ups[name.number, default: []].append(name)
        contents[name] = content
      }
    }
    for name in downs.keys.sorted(by: { $0.number < $1.number }) where contents[name] == nil {
      throw .downWithoutUp(file: name.downward.text)
    }
    var migrations: [Migration] = []
    for (number, names) in ups.sorted(by: { $0.key < $1.key }) {
      guard names.count == 1 else { throw .duplicate(number: number, files: names.map(\.text)) }
      let expected = Int64(migrations.count) + 1
      guard number == expected else { throw .gap(expected: expected, found: number) }
      migrations.append(Migration(number: number, name: names[0].name, up: contents[names[0]] ?? "", down: downs[names[0]]))
    }
    return migrations
  }

  private static func sqlFiles(in directory: String) throws(MigrationError) -> [(name: String, content: String)] {
    guard let stream = opendir(directory) else { throw .unreadable(path: directory, reason: reason) }
    defer { closedir(stream) }
    var files: [(name: String, content: String)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name.hasSuffix(".sql") else { continue }
      files.append((name, try content(of: directory + "/" + name)))
    }
    return files
  }

  private static func content(of path: String) throws(MigrationError) -> String {
    guard let file = fopen(path, "r") else { throw .unreadable(path: path, reason: reason) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes.append(contentsOf: block[..<count]) }
    guard ferror(file) == 0 else { throw .unreadable(path: path, reason: reason) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable(path: path, reason: "it is not UTF-8") }
    return text
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
