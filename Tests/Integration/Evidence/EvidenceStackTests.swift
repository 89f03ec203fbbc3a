import Composition
import Contracts
import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

/// The signed logs of a running stack, judged by programs that know nothing of it.
@Suite("Evidence of a running stack", .serialized)
struct EvidenceStackTests {
  @Test(
    "what a stack signed is verified by cordon-verify and by the verifier in Python from files alone; every ledger refuses changes and every chain is verified; a superuser's edit is found (S4-OFF-01, S4-RST-02, S4-GUAR-01, S4-FIN-03, S4-EXP-06)",
    .timeLimit(.minutes(3)))
  func verified() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/cordon-evidence-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await RunningStack.run { stack in
      let brand = stack.brands[0]
      let player = try await stack.player("witness", on: brand)
      for number in 0..<3 { try await deposit(Int64(number + 1) * 100, player, stack) }
      let receipt = try await eventually("entry 6 has its receipt") { () -> StackReply? in
        let reply = try await stack.client.send(
          "GET", "/internal/wallet/log/receipts/6", at: stack.url(.walletService), headers: stack.headers(of: .admin, brand))
        return reply.status == 200 ? reply : nil
      }
      let (keys, proof, bundle) = (folder + "/keys", folder + "/entry.tlog-proof", folder + "/brand.bundle")
      let program = CordonProgram(environment: ["CORDON_ENV": "local"])
      let key = try #require(stack.settings["SIGNING_KEY_FILE"])
      let shown = try await program.run("keys", "signing", "show", "--key", key)
      #expect(shown.status == 0 && shown.output.hasPrefix("cordon.local/keys+"))
      try shown.output.write(toFile: keys, atomically: true, encoding: .utf8)
      try Data(receipt.body).write(to: URL(filePath: proof))
      #expect(try verify(proof, keys) == 0)

      try await expectOwnReceipts(player, stack, folder, keys)

      let unsigned = try await program.run(
        "evidence", "export", "--config", stack.configurationFile, "--brand", "\(brand.id)", "--out", bundle, "--operator-id", " ",
        "--reason", " ")
      #expect(unsigned.status == 2)
      let export = try await program.run(
        "evidence", "export", "--config", stack.configurationFile, "--brand", "\(brand.id)", "--out", bundle, "--operator-id", "auditor",
        "--reason", "the yearly audit")
      #expect(export.status == 0, "\(export.messages)")
      #expect(try verify(bundle, keys) == 0)
      #expect(try python(bundle, keys) == "verified")
      let row = try await stack.psql(
        "SELECT DISTINCT operator_id || ' ' || reason FROM cordon.admin_audit WHERE action = 'EVIDENCE_EXPORT' AND brand_id = \(brand.id)")
      #expect(row == "auditor the yearly audit")

      // What was written before stays true; what was changed in between is found.
      try await refuseChanges(stack)
      let before = try await program.run("evidence", "check", "--config", stack.configurationFile)
      #expect(before.status == 0, "\(before.messages)")
      try await preserve(stack, keys, to: folder + "/case")
      try await stack.psql(
        """
        BEGIN; ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER ALL;
        UPDATE wallet.wallet_ledger SET request_id = request_id || 'x' WHERE brand_id = \(brand.id) AND seq = 3;
        ALTER TABLE wallet.wallet_ledger ENABLE TRIGGER ALL; COMMIT
        """)
      let after = try await program.run("evidence", "check", "--config", stack.configurationFile)
      #expect(after.status == 3 && after.output.contains("chain_broken") && after.output.contains("entry 3"), "\(after.output)")
      #expect(try verify(proof, keys) == 0)
      try await deposit(900, player, stack)
      try await eventually("the worker says that it doesn't sign on top of it") {
        try await stack.client.send("GET", "/metrics", at: stack.url(.walletWorker)).text
          .contains("evidence_log_refused{brand_code=\"\(brand.code)\",ledger=\"wallet_ledger\",reason=\"chain_broken\"} 1")
      }
    }
  }

  /// A player's bet through the gateway: its answer says where its proofs are, and they hold without us.
  private func expectOwnReceipts(_ player: StackPlayer, _ stack: RunningStack, _ folder: String, _ keys: String) async throws {
    let bet = try await stack.client.send(
      "POST", "/v1/wallet/bets", at: stack.url(.gateway), host: player.brand.host, token: player.token, key: "proven",
      body: WalletBetBody(amount: 100, currency: player.brand.currency))
    let link = try #require(bet.headers["link"])
    let target = try #require(link.split(separator: ">").first?.dropFirst())
    let reply = try await eventually("the bet has its receipts") { () -> StackReply? in
      let reply = try await stack.client.send(
        "GET", String(target), at: stack.url(.gateway), host: player.brand.host, token: player.token)
      return reply.status == 200 ? reply : nil
    }
    let receipts = try reply.decode(WalletReceiptsAnswer.self).receipts
    #expect(receipts.count == 2)
    for receipt in receipts {
      let file = folder + "/\(receipt.entry).tlog-proof"
      try receipt.receipt.write(toFile: file, atomically: true, encoding: .utf8)
      #expect(try verify(file, keys) == 0)
    }
    let other = try await stack.player("curious", on: player.brand)
    let foreign = try await stack.client.send("GET", String(target), at: stack.url(.gateway), host: player.brand.host, token: other.token)
    #expect(foreign.status == 404)
  }

  /// As a superuser, whom neither grants nor row-level security stop.
  private func refuseChanges(_ stack: RunningStack) async throws {
    // brand-global: test: what the tables must refuse
    try await stack.psql(
      """
      INSERT INTO cordon.recovery_audit (brand_id, surface, action, outcome) VALUES (1, 'player', 'RESET', 'success');
      INSERT INTO cordon.security_audit_logs (event_type, severity) VALUES ('TEST', 'INFO');
      INSERT INTO cordon.player_balance_log (brand_id, player_id, change_type, currency, amount, balance_before, balance_after)
        SELECT brand_id, player_id, 'deposit', 'EUR', 5, 0, 5 FROM cordon.player WHERE brand_id = 1 LIMIT 1
      """)
    for ledger in Ledger.allCases {
      let table = try await stack.psql(
        // brand-global: test: the catalogue knows no brand
        "SELECT c.oid::regclass FROM pg_class AS c WHERE c.relname = '\(ledger.rawValue)' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
      )
      // brand-global: test: it tries what the tables must refuse
      #expect(try await stack.psql("SELECT count(*) > 0 FROM \(table)") == "t", "\(table) has rows to change")
      let column = ledger == .securityAuditLogs ? "severity" : "brand_id"
      // brand-global: test: it tries what the tables must refuse
      for change in ["UPDATE \(table) SET \(column) = \(column)", "DELETE FROM \(table)", "TRUNCATE \(table)", "TRUNCATE \(table) CASCADE"]
      {
        let refusal = await #expect(throws: (any Error).self, "\(change)") { try await stack.psql(change) }
        #expect("\(refusal.map { "\($0)" } ?? "")".contains("append-only"), "\(change): \(refusal.map { "\($0)" } ?? "")")
      }
    }
  }

  /// A case of a brand and of the platform is verified by both verifiers, and has none of the stack's secrets.
  private func preserve(_ stack: RunningStack, _ keys: String, to folder: String) async throws {
    let end = WallClock.system.now().seconds
    // Until then every log is signed.
    try await Task.sleep(for: .seconds(3))
    let preserved = try await CordonProgram(environment: ["CORDON_ENV": "local"]).run(
      "evidence", "preserve", "--config", stack.configurationFile, "--case", "INC-7", "--brand", "\(stack.brands[0].id)", "--platform",
      "--from", "\(end - 3600)", "--to", "\(end)", "--out", folder, "--operator-id", "auditor",
      "--reason",
      "a case")
    #expect(preserved.status == 0, "\(preserved.messages)\(preserved.output)")
    #expect(try verify(folder, keys) == 0)
    let secret = stack.settings.filter { name, value in
      value.utf8.count >= 8 && ["TOKEN", "SECRET", "KEY", "PASSWORD", "_URL"].contains { name.contains($0) } && !value.hasPrefix("/")
        && !value.hasPrefix("http") && !name.hasSuffix("_KID") && !name.contains("PUBLIC")
    }
    #expect(secret.count > 5)
    let signing = try String(contentsOfFile: #require(stack.settings["SIGNING_KEY_FILE"]), encoding: .utf8).prefix(64)
    let words = secret.values + [String(signing), "PRIVATE KEY"]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      guard let contents = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      for word in words {
        #expect(contents.range(of: Data(word.utf8)) == nil, "\(name) has \(secret.first { $0.value == word }?.key ?? "a key")")
      }
      if name.hasSuffix(".bundle") { #expect(try python("\(folder)/\(name)", keys) == "verified", "\(name)") }
    }
  }

  private func deposit(_ amount: Int64, _ player: StackPlayer, _ stack: RunningStack) async throws {
    let reply = try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):evidence:\(amount)",
      body: WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency),
      headers: stack.headers(of: .admin, player.brand))
    #expect(reply.status == 201, "\(reply.text)")
  }

  /// - Returns: the exit status of the verifier, which gets nothing but these files.
  private func verify(_ file: String, _ keys: String) throws -> Int32 {
    try run([CordonProgram.path + "-verify", file, "--keys", keys]).status
  }

  private func python(_ file: String, _ keys: String) throws -> String {
    let verifier = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/SecondVerifier/verifier.py"
    return try run(["/usr/bin/env", "python3", "-B", verifier, file, keys]).output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

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
