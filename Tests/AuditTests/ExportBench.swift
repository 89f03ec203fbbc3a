import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Audit

/// A signed log of brand 1's account recoveries, and the programs that export and verify it, each run by its file.
struct ExportBench: Sendable {
  let ledgers: LedgerBench
  let log: LedgerLog
  /// A whole second, when the first entries were there.
  let end: Timestamp

  static func run(entries: Int, _ body: (ExportBench) async throws -> Void) async throws {
    try await LedgerBench.run { ledgers in
      let log = try ledgers.log(.recoveryAudit)
      for first in stride(from: 1, through: entries, by: 500) {
        let numbers = first...min(first + 499, entries)
        try await ledgers.write(AuditedLedger.all[1].insertion(numbers, brand: 1), brand: 1)
      }
      let bench = ExportBench(ledgers: ledgers, log: log, end: Timestamp(seconds: WallClock.system.now().seconds + 1))
      try await ledgers.sign(bench.log)
      try bench.prepareKeys()
      try await body(bench)
    }
  }

  func rows(_ numbers: ClosedRange<Int>) -> String { AuditedLedger.all[1].insertion(numbers, brand: 1) }

  private func prepareKeys() throws {
    try write("signing.key", Array((String(repeating: "07", count: 32) + "\n").utf8))
    try write("signing.key.history", ledgers.signer.history.bytes)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path("signing.key"))
    let name = try #require(ledgers.signer.history.operatorName.keysName)
    let key = try #require(VerifierKey(name: name, kind: .ed25519, publicKey: ledgers.signer.history.records[0].publicKey))
    try write("trusted.keys", Array("\(key)\n".utf8))
  }

  // MARK: Programs

  var environment: [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "CORDON_ENV": "test", "DATABASE_URL": ledgers.database.url,
      "SIGNING_KEY_FILE": path("signing.key"),
    ]
  }

  private func command(_ file: String, _ options: [String]) -> [String] {
    [
      CordonProgram.path, "evidence", "export", "--brand", "1", "--ledger", "recovery_audit", "--out", path(file), "--operator-id",
      "auditor",
      "--reason", "a case",
    ] + options
  }

  /// - Parameters:
  ///   - fileBytesMax: where the kernel stops writing, as a full disk does; in the middle of a write, with a signal that kills.
  ///   - ignoringSignal: the write then fails, and the program lives.
  func export(
    _ file: String, _ options: String..., fileBytesMax: Int? = nil, ignoringSignal: Bool = false
  ) async throws -> (status: Int32, output: String, messages: String) {
    guard let fileBytesMax else { return try run(command(file, options)) }
    let trap = ignoringSignal ? "trap '' XFSZ; " : ""
    return try run(["/bin/sh", "-c", "\(trap)ulimit -c 0; ulimit -f \(fileBytesMax / 512); exec \"$@\"", "sh"] + command(file, options))
  }

  /// Preserves what the first entries' time had.
  func preserve(_ folder: String, _ options: String...) throws -> (status: Int32, output: String, messages: String) {
    try run(
      [
        CordonProgram.path, "evidence", "preserve", "--case", "INC-7", "--brand", "1", "--from", "\(end.seconds - 600)",
        "--to", "\(end.seconds)", "--out", path(folder), "--operator-id", "auditor", "--reason", "a case",
      ] + options)
  }

  /// Begins to go on, and kills the program as soon as it works.
  func killed(_ file: String) async throws {
    let process = try start(command(file, ["--resume"])).process
    usleep(UInt32.random(in: 20_000...120_000))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func verify(_ file: String, _ options: String...) throws -> (status: Int32, output: String, messages: String) {
    try run([CordonProgram.path + "-verify", path(file), "--keys", path("trusted.keys")] + options)
  }

  func run(_ command: [String]) throws -> (status: Int32, output: String, messages: String) {
    let (process, output, messages) = try start(command)
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let said = try messages.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self), String(decoding: said, as: UTF8.self))
  }

  private func start(_ command: [String]) throws -> (process: Process, output: Pipe, messages: Pipe) {
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = environment
    let (output, messages) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, messages)
    try process.run()
    return (process, output, messages)
  }

  // MARK: Files

  func path(_ name: String) -> String { "\(ledgers.directory)/\(name)" }

  func contents(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(name)))) }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws { try Data(bytes).write(to: URL(filePath: path(name))) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  func isThere(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Changes what can't be changed; nil takes it away.
  func replace(_ name: String, _ bytes: [UInt8]?) throws {
    let folder = URL(filePath: path(name)).deletingLastPathComponent().path
    for place in [folder, path(name)] { _ = chmod(place, 0o700) }
    guard let bytes else { return try remove(name) }
    try write(name, bytes)
  }
}
