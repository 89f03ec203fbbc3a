internal import Glibc
internal import PrivateServers

/// One run of a program, with its output in files, so that it never waits for a reader.
package final class ProgramRun: Sendable {
  private static let script = #"cd "$1" && output=$2 && messages=$3 && shift 3 && exec "$@" > "$output" 2> "$messages""#

  private let process: ChildProcess
  private let directory: ServerDirectory

  /// - Parameter command: the program by its path, and its arguments.
  package init(_ command: [String], in folder: String = "/") throws {
    directory = try .temporary()
    process = try ChildProcess(
      ["/bin/sh", "-c", Self.script, "run", folder, directory.path + "/output", directory.path + "/messages"] + command, output: nil)
  }

  deinit {
    for file in ["output", "messages"] { unlink("\(directory.path)/\(file)") }
    rmdir(directory.path)
  }

  package var pid: Int32 { process.pid }

  package var hasEnded: Bool { process.hasExited }

  /// Waits for the end. 128 + the signal's number when a signal ended it, as a shell counts.
  package func status() async -> Int32 { await process.exitCode() }

  /// What it has written to standard output so far.
  package var output: String { text("output") }
  /// What it has written to standard error so far.
  package var messages: String { text("messages") }

  package func signal(_ number: Int32) { kill(process.pid, number) }

  private func text(_ file: String) -> String {
    guard let file = fopen("\(directory.path)/\(file)", "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16 * 1024)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes.append(contentsOf: block[..<count]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
