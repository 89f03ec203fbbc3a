internal import Foundation
internal import Glibc
internal import PrivateServers

/// The program itself, run as an operator runs it, with the settings of this run.
package struct IsolationProgram: Sendable {
  private let path: String
  private let options: [String]

  /// - Parameters:
  ///   - path: of the program.
  ///   - options: what every command gets, such as `--config`.
  package init(path: String = "/proc/self/exe", options: [String]) {
    self.path = path
    self.options = options
  }

  /// Runs a command to its end.
  ///
  /// - Returns: its exit status, and what it wrote to standard output and error.
  func callAsFunction(_ words: [String]) async throws -> (status: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "cordon-isolation-\(UUID().uuidString)").path
    let descriptor = open(file, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw IsolationFault.unwritable(file) }
    defer {
      close(descriptor)
      unlink(file)
    }
    let child = try ChildProcess([path] + words + options, output: descriptor, environment: ProcessInfo.processInfo.environment)
    let status = await child.exitCode()
    return (status, String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self))
  }
}
