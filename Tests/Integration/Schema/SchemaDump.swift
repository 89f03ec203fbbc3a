internal import Glibc
internal import PrivateServers
internal import TestSupport

/// `scripts/dump-schema` and what it has written.
enum SchemaDump {
  struct Failure: Error {
    let exitCode: Int32
  }

  private static let repository = MigrationFiles.directory.dropLast("/db/migrations".count)

  static var committed: String { get throws { try content(of: repository + "/db/schema.sql") } }

  /// The schema of a database in the form of `db/schema.sql`.
  static func text(of database: TestDatabase) async throws -> String {
    var template = Array("/tmp/cordon-schema-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure(exitCode: errno) }
    defer { close(descriptor) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let child = try ChildProcess(["\(repository)/scripts/dump-schema", "--from", database.superuserURL], output: descriptor)
    let code = await child.exitCode()
    guard code == 0 else { throw Failure(exitCode: code) }
    return try content(of: path)
  }

  private static func content(of path: some StringProtocol) throws -> String {
    guard let file = fopen(String(path), "r") else { throw Failure(exitCode: errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes.append(contentsOf: buffer[..<count]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
