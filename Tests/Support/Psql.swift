internal import Glibc
internal import PrivateServers

/// SQL through `psql`, for what a test prepares: it shares no code with the driver that the tests judge.
package enum Psql {
  /// `psql` ended with an error; the description is what it said.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Runs the SQL in a transaction and returns its output, unaligned and without headers: `a|b` lines.
  @discardableResult
  package static func run(_ sql: String, at url: String) async throws -> String { try await run([sql], at: url) }

  /// The same for several texts, each in a transaction of its own.
  @discardableResult
  package static func run(_ sql: [String], at url: String) async throws -> String {
    guard let psql = ServerLocator.program("psql") else { throw Failure(description: "psql is missing; scripts/bootstrap installs it") }
    var template = Array("/tmp/cordon-psql-XXXXXX".utf8CString)
    let output = mkstemp(&template)
    guard output >= 0 else { throw Failure(description: "can't create a file in /tmp: \(String(cString: strerror(errno)))") }
    unlink(template)
    defer { close(output) }
    _ = fcntl(output, F_SETFD, FD_CLOEXEC)
    let options = ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1", "--dbname=\(url)"]
    let code = await (try ChildProcess([psql] + options + sql.map { "--command=\($0)" }, output: output)).exitCode()
    let text = content(of: output)
    guard code == 0 else { throw Failure(description: text) }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  private static func content(of descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while case let count = pread(descriptor, &buffer, buffer.count, off_t(bytes.count)), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
