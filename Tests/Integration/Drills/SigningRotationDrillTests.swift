import Composition
import Contracts
import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

/// The key that signs the logs is rotated while money moves.
@Suite("Drill: the signing key", .serialized)
struct SigningRotationDrillTests {
  /// A stack whose only worker is a process of its own, and the files of the drill.
  private struct Drill {
    let stack: RunningStack
    let folder: String
    let program = CordonProgram(environment: ["CORDON_ENV": "local"])

    var current: String { stack.settings["SIGNING_KEY_FILE"] ?? "" }
    var next: String { folder + "/next.key" }

    func cordon(_ words: String...) async throws -> ProgramAnswer { try await cordon(words) }

    func cordon(_ words: [String]) async throws -> ProgramAnswer {
      try await program.run(words + ["--config", stack.configurationFile])
    }

    /// With a person who does it.
    func act(_ person: String, _ words: String...) async throws -> ProgramAnswer { try await act(person, words) }

    func act(_ person: String, _ words: [String]) async throws -> ProgramAnswer {
      try await cordon(words + ["--operator-id", person, "--reason", "drill"])
    }

    func create(_ file: String) async throws {
      let made = try await program.run("keys", "signing", "create", "--operator-name", "cordon.local", "--out", file)
      #expect(made.status == 0, "\(made.messages)")
    }

    /// The trusted keys of a history, one a file.
    func trust(_ file: String, line: Int) async throws -> String {
      let shown = try await program.run("keys", "signing", "show", "--key", file)
      let lines = shown.output.split(separator: "\n")
      let path = "\(folder)/trusted.\(line)"
      try (String(try #require(lines.count > line ? lines[line] : nil)) + "\n").write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
  }

  private typealias ProgramAnswer = (status: Int32, output: String, messages: String)

  private struct Asked: Decodable {
    let id: String
    enum CodingKeys: String, CodingKey { case id = "approval_id" }
  }

  @Test(
    "S4-KEY-02 S4-KEY-03 S4-KEY-05 S4-KEY-06 S4-KEY-07 S4-KEY-08 S4-INC-04 S4-INC-05 two people rotate the key under load: nothing is signed twice or left out, all of it verifies with either key, and a pause holds receipts back alone",
    .timeLimit(.minutes(5)))
  func rotation() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/cordon-rotation-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await RunningStack.run(settings: ["WORKER_ENABLED": "off"]) { stack in
      let drill = Drill(stack: stack, folder: folder)
      let old = try RoleProcess(.walletWorker, stack: stack, port: try FreePort.next(), settings: ["WORKER_ENABLED": "on"])
      do {
        try await old.serves()
        try await play(drill, old)
        await old.kill()
      } catch {
        await old.kill()
        throw error
      }
    }
  }

  private func play(_ drill: Drill, _ old: RoleProcess) async throws {
    let stack = drill.stack
    let player = try await stack.player("rotated", on: stack.brands[0])
    let deposits = Deposits()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while !deposits.isOver {
          try await deposit(player, stack, "load-\(deposits.next())")
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      try await drill.create(drill.next)
      let approval = try await approved(drill)
      try await rotate(drill, approval)
      try await superseded(drill, old)
      try await pause(drill, player)
      deposits.end()
      try await group.waitForAll()
    }
    try await verified(drill)
    try await kept(drill, old)
  }

  // MARK: Two people

  private func approved(_ drill: Drill) async throws -> String {
    let keys = ["--key", drill.current, "--next", drill.next]
    #expect(try await drill.cordon(["keys", "signing", "rotate"] + keys + ["--operator-id", "alice", "--reason", "drill"]).status == 2)
    let nobody = UUIDv7.next().description
    #expect(try await rotation(drill, nobody).status == 4)
    let asked = try await drill.act(
      "alice", "keys", "signing", "request-rotation", "--key", drill.current, "--next", drill.next, "--json")
    #expect(asked.status == 0, "\(asked.messages)")
    let id = try JSONDecoder().decode(Asked.self, from: Data(asked.output.utf8)).id
    #expect(try await rotation(drill, id).status == 5)
    let own = try await drill.act(" Alice", "approvals", "approve", id)
    #expect(own.status == 5 && own.messages.contains("somebody else"), "\(own.messages)")
    // Past the program: the database says the same.
    let forged = await #expect(throws: (any Error).self) {
      try await drill.stack.psql(
        """
        INSERT INTO cordon.delegated_approval (approval_id, event, action, subject, operator_id, reason, expires_at)
        SELECT approval_id, 'approved', action, subject, 'ALICE ', 'x', expires_at FROM cordon.delegated_approval WHERE approval_id = '\(id)'
        """)
    }
    #expect("\(forged.map { "\($0)" } ?? "")".contains("can't give it"))
    #expect(try await drill.act("bob", "approvals", "approve", id).status == 0)
    #expect(try await drill.act("carol", "approvals", "reject", id).status == 5)
    // Another key than the one that was approved.
    let other = drill.folder + "/other.key"
    try await drill.create(other)
    #expect(try await rotation(drill, id, next: other).status == 5)
    return id
  }

  private func rotation(_ drill: Drill, _ approval: String, next: String? = nil) async throws -> ProgramAnswer {
    try await drill.act(
      "alice", "keys", "signing", "rotate", "--key", drill.current, "--next", next ?? drill.next, "--approval", approval)
  }

  private func rotate(_ drill: Drill, _ approval: String) async throws {
    let history = drill.next + ".history"
    let alone = try String(contentsOfFile: history, encoding: .utf8)
    let first = try await rotation(drill, approval)
    #expect(first.status == 0, "\(first.messages)")
    let whole = try String(contentsOfFile: history, encoding: .utf8)
    #expect(whole.contains("approval \(approval)"))
    // It died before the file was written: the same again completes it, by the record that is in the database.
    try alone.write(toFile: history, atomically: true, encoding: .utf8)
    let again = try await rotation(drill, approval)
    #expect(again.status == 0 && again.output == first.output, "\(again.messages)")
    #expect(try String(contentsOfFile: history, encoding: .utf8) == whole)
    // The approval is used up.
    let other = drill.folder + "/other.key"
    #expect(try await rotation(drill, approval, next: other).status == 5)
    let row = try await drill.stack.psql(
      "SELECT new_value ->> 'approval' FROM cordon.admin_audit WHERE action = 'SIGNING_KEY_ROTATE' AND brand_id IS NULL")
    #expect(row == approval)
  }

  // MARK: Two workers

  private func superseded(_ drill: Drill, _ old: RoleProcess) async throws {
    let stack = drill.stack
    let stranger = try RoleProcess(
      .walletWorker, stack: stack, port: try FreePort.next(),
      settings: ["WORKER_ENABLED": "on", "SIGNING_KEY_FILE": drill.folder + "/other.key"])
    do {
      try await refuses(stranger, "key_unknown", stack)
      await stranger.kill()
    } catch {
      await stranger.kill()
      throw error
    }
    try await refuses(old, "key_superseded", stack)
    let last = try await signed(stack)
    try await Task.sleep(for: .seconds(2))
    #expect(try await signed(stack) == last, "the old key has signed after its time")
  }

  private func refuses(_ worker: RoleProcess, _ reason: String, _ stack: RunningStack) async throws {
    try await eventually("a worker says \(reason)", within: .seconds(60)) {
      let reply = try? await stack.client.send("GET", "/metrics", at: worker.url)
      return reply?.text.contains("ledger=\"wallet_ledger\",reason=\"\(reason)\"} 1") == true
    }
  }

  // MARK: A pause

  private func pause(_ drill: Drill, _ player: StackPlayer) async throws {
    let stack = drill.stack
    let new = try RoleProcess(
      .walletWorker, stack: stack, port: try FreePort.next(), settings: ["WORKER_ENABLED": "on", "SIGNING_KEY_FILE": drill.next])
    do {
      try await receipt("load-0", player, stack)
      #expect(try await drill.act("alice", "keys", "signing", "pause", "--for", "5").status == 0)
      try await refuses(new, "signing_paused", stack)
      try await deposit(player, stack, "paused")
      try await Task.sleep(for: .seconds(2.5))
      #expect(try await ask("paused", player, stack).status == 404)
      let listed = try await drill.cordon("keys", "signing", "list")
      let sealed = [
        ["export", "--brand", "1", "--out"], ["preserve", "--brand", "1", "--case", "INC-9", "--from", "1", "--to", "2", "--out"],
      ]
      for command in sealed {
        let refused = try await drill.act("alice", ["evidence"] + command + [drill.next + ".\(command[0])"])
        #expect(refused.status == 5 && refused.messages.contains("signing_paused"), "\(refused.messages)")
        #expect(!FileManager.default.fileExists(atPath: drill.next + ".\(command[0])"))
      }
      #expect(listed.output.contains("signing is paused until") && listed.output.contains("\n2 "), "\(listed.output)\(listed.messages)")
      #expect(try await drill.act("bob", "keys", "signing", "resume").status == 0)
      try await receipt("paused", player, stack)
      await new.kill()
      expectNoSecrets(drill, [new.messages])
    } catch {
      await new.kill()
      throw error
    }
  }

  // MARK: What stands in the end

  private func verified(_ drill: Drill) async throws {
    let stack = drill.stack
    let bundle = drill.folder + "/brand.bundle"
    let export = try await drill.cordon(
      "evidence", "export", "--brand", "\(stack.brands[0].id)", "--key", drill.next, "--out", bundle, "--operator-id", "auditor",
      "--reason",
      "drill")
    #expect(export.status == 0, "\(export.messages)")
    // Whoever trusts one of the keys follows the record to the other.
    for line in [0, 1] {
      let keys = try await drill.trust(drill.next, line: line)
      let report = try run([CordonProgram.path + "-verify", bundle, "--keys", keys])
      #expect(report.status == 0, "\(report.output)")
      #expect(try run(["/usr/bin/env", "python3", "-B", Self.verifier, bundle, keys]).output.contains("verified"))
    }
    let stranger = try await drill.trust(drill.folder + "/other.key", line: 0)
    #expect(try run([CordonProgram.path + "-verify", bundle, "--keys", stranger]).status != 0)
    // Both keys have signed, each in its time.
    let listed = try await drill.program.run("keys", "signing", "show", "--key", drill.next)
    #expect(listed.output.split(separator: "\n").count == 2)
    let check = try await drill.cordon("evidence", "check", "--brand", "\(stack.brands[0].id)")
    #expect(check.status == 0, "\(check.output)")
  }

  private func kept(_ drill: Drill, _ old: RoleProcess) async throws {
    // brand-global: test: it tries what the tables must refuse
    for change in [
      "UPDATE evidence.signing_key SET public_key = public_key", "DELETE FROM evidence.signing_key", "TRUNCATE evidence.signing_key",
      "UPDATE evidence.log_checkpoint SET note = note", "DELETE FROM cordon.delegated_approval",
    ] {
      let refusal = await #expect(throws: (any Error).self, "\(change)") { try await drill.stack.psql(change) }
      #expect("\(refusal.map { "\($0)" } ?? "")".contains("append-only"), "\(change)")
    }
    expectNoSecrets(drill, [drill.stack.log, old.messages])
  }

  private func expectNoSecrets(_ drill: Drill, _ logs: [String]) {
    for file in [drill.current, drill.next] {
      guard let seed = try? String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines), seed.count == 64 else {
        Issue.record("\(file) is not a key")
        continue
      }
      for log in logs { #expect(!log.contains(seed)) }
    }
  }

  // MARK: Asking

  private func signed(_ stack: RunningStack) async throws -> String {
    // brand-global: test: every brand's logs
    try await stack.psql("SELECT coalesce(max(tree_size), 0) FROM evidence.log_checkpoint WHERE ledger = 'wallet_ledger'")
  }

  private func deposit(_ player: StackPlayer, _ stack: RunningStack, _ key: String) async throws {
    let reply = try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):\(key)",
      body: WalletDepositBody(player: player.id, amount: 100, currency: player.brand.currency),
      headers: stack.headers(of: .admin, player.brand))
    #expect(reply.status == 201, "\(reply.text)")
  }

  private func ask(_ key: String, _ player: StackPlayer, _ stack: RunningStack) async throws -> StackReply {
    try await stack.client.send(
      "GET", "/internal/wallet/log/receipts?request_id=\(player.brand.code):\(key)", at: stack.url(.walletService),
      headers: stack.headers(of: .admin, player.brand))
  }

  private func receipt(_ key: String, _ player: StackPlayer, _ stack: RunningStack) async throws {
    try await eventually("the receipts of \(key)", within: .seconds(60)) { try await ask(key, player, stack).status == 200 }
  }

  private static let verifier = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/SecondVerifier/verifier.py"

  private func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
