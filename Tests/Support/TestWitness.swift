internal import Foundation
internal import PrivateServers

/// A witness as its operator has it: a folder with its key, state and list of logs, and processes of the program on them.
package struct TestWitness: Sendable {
  package let folder: String
  package let name: String
  /// What policies call its key.
  package let publicKey: String
  package let program = CordonProgram(
    environment: ["CORDON_ENV": "test", "CORDON_DRAIN_SECONDS": "0", "CORDON_DIAGNOSTICS_DIR": "/tmp"])

  package var keyFile: String { Self.keyFile(folder) }
  package var state: String { Self.state(folder) }
  package var logsFile: String { folder + "/logs" }

  private static func keyFile(_ folder: String) -> String { folder + "/witness.key" }
  private static func state(_ folder: String) -> String { folder + "/state" }

  /// - Parameter logs: lines of keys.
  package static func lease(
    _ logs: [String], name: String = "witness.example.org/w1", _ body: @escaping @Sendable (TestWitness) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/cordon-witness-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try await CordonProgram().run(
      "witness", "key", "create", "--name", name, "--out", keyFile(folder), "--state", state(folder))
    guard made.status == 0 else { throw NotInTime(what: "a witness is made: \(made.messages)", limit: .zero) }
    let witness = TestWitness(folder: folder, name: name, publicKey: made.output.trimmingCharacters(in: .newlines))
    try "# the logs\n\n\(logs.joined(separator: "\n"))\n".write(toFile: witness.logsFile, atomically: true, encoding: .utf8)
    try await body(witness)
  }

  /// Starts a process that isn't waited for.
  package func start(state: String? = nil, listen: String = "127.0.0.1:0", _ more: [String] = []) throws -> ProgramRun {
    try program.start(
      ["witness", "serve", "--key", keyFile, "--state", state ?? self.state, "--logs", logsFile, "--listen", listen] + more)
  }

  /// Waits until a process listens. - Returns: its address.
  package func url(of run: ProgramRun) async throws -> String {
    try await eventually("the witness listens") { () -> String? in
      guard !run.hasEnded else { throw NotInTime(what: "the witness ended: \(run.messages)", limit: .zero) }
      return run.output.hasSuffix("\n") ? run.output.trimmingCharacters(in: .newlines) : nil
    }
  }

  /// Serves while `body` runs with its address, and is stopped as an operator stops it.
  package func serve<Value: Sendable>(_ more: [String] = [], body: (String) async throws -> Value) async throws -> Value {
    let run = try start(more)
    do {
      let value = try await body(try await url(of: run))
      run.signal(SIGTERM)
      let status = await run.status()
      guard status == 0 else { throw NotInTime(what: "the witness ended with \(status): \(run.messages)", limit: .zero) }
      return value
    } catch {
      run.signal(SIGKILL)
      _ = await run.status()
      throw error
    }
  }
}
