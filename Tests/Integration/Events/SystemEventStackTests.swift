import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

// brand-global: test: looks behind a running stack
/// The system event ledger of a running stack: from an answer to its event.
@Suite("System events of a running stack", .serialized)
struct SystemEventStackTests {
  @Test(
    "S3-TBL-07 S3-FALL-07 S4-INT-01 S4-INT-02 S4-INT-03 S4-INT-05 S4-INT-06 S4-INT-07 S4-INC-11 S4-INC-14 S4-EXP-02 S4-EXP-04 S4-GUAR-03 an answer's request id leads to its event, of the brand and of no other; the ledger is signed and can't be changed",
    .timeLimit(.minutes(3)))
  func ledger() async throws {
    try await RunningStack.run(settings: ["CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE": "30"]) { stack in
      let (one, two) = (stack.brands[0], stack.brands[1])
      let player = try await stack.player("events", on: one)
      try await expectForeignToken(stack, player, two)
      try await expectViolation(stack, player, two)
      try await expectSecurityCommands(stack)
      try await expectForeignReceipt(stack, one, two)
      try await expectRateLimit(stack, one)
      try await expectInvariantFailure(stack, player)
      try await expectLists(stack, one, two)
      try await expectExport(stack, one)
      try await expectRefusedChange(stack)
    }
  }

  /// The same failure twice: one code, two ids, two events, in the log of the brand whose host it was.
  private func expectForeignToken(_ stack: RunningStack, _ player: StackPlayer, _ other: StackBrand) async throws {
    var refusals: [(reason: String, request: String)] = []
    for _ in 0..<2 {
      let reply = try await stack.client.send("GET", "/v1/wallet/balances", at: stack.url(.gateway), host: other.host, token: player.token)
      refusals.append((try #require(reply.reason), try #require(reply.headers[HeaderNames.requestID.lowercased()])))
      #expect(reply.status == 401 || reply.status == 403)
    }
    #expect(refusals[0].reason == refusals[1].reason && refusals[0].request != refusals[1].request)
    for (reason, request) in refusals {
      let event = try await event(of: request, stack)
      #expect(event.hasPrefix("\(other.id)|denial|denied|\(reason)|40") && event.hasSuffix("|gateway|GET|/v1/wallet/balances"), "\(event)")
      let lines = stack.log.split(separator: "\n").filter { $0.contains(request) }
      #expect(lines.contains { $0.contains(#""event":"security_denial""#) && $0.contains(reason) })
    }
    let shown = try await stack.client.send("GET", "/metrics", at: stack.url(.gateway)).text
    #expect(shown.contains(#"system_event_total{brand_code="\#(other.code)",kind="denial",reason="\#(refusals[0].reason)"} 2"#))
  }

  /// The same attempts stand in the security audit log, with whose they were.
  private func expectViolation(_ stack: RunningStack, _ player: StackPlayer, _ other: StackBrand) async throws {
    let rows = try await eventually("the violations are kept") { () -> String? in
      let rows = try await stack.psql(
        """
        SELECT event_type, user_id, authenticated_restaurant_id, attempted_restaurant_id, session_id <> '', ip_address, user_agent, severity, count(*)
        FROM security_audit_logs WHERE event_type = 'TOKEN_BRAND_MISMATCH' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        """)
      return rows.hasSuffix("|2") ? rows : nil
    }
    #expect(rows.hasPrefix("TOKEN_BRAND_MISMATCH|\(player.id)|\(player.brand.id)|\(other.id)|t|127.0.0.1|"), "\(rows)")
    #expect(rows.hasSuffix("|CRITICAL|2"))
    let metrics = try await stack.client.send("GET", "/metrics", at: stack.url(.gateway)).text
    #expect(metrics.contains(#"security_violations_total{event_type="TOKEN_BRAND_MISMATCH",severity="CRITICAL"} 2"#))
    #expect(metrics.contains("security_violations_db_total 2") && metrics.contains("auth_log_fallback_total 0"))
    #expect(stack.log.contains(#""event":"security_violation""#))
  }

  /// What the runbooks' verification script did, and the way back from the file.
  private func expectSecurityCommands(_ stack: RunningStack) async throws {
    let program = CordonProgram(environment: ["CORDON_ENV": "local"])
    let check = ["audit", "security", "check", "--config", stack.configurationFile]
    #expect(try await program.run(check).status == 0)
    try await stack.psql("DROP INDEX cordon.security_audit_logs_user_id_idx")
    let broken = try await program.run(check)
    #expect(broken.status == 3 && broken.output.contains("missing: index security_audit_logs_user_id_idx"), "\(broken)")
    try await stack.psql("CREATE INDEX security_audit_logs_user_id_idx ON cordon.security_audit_logs (user_id)")
    #expect(try await program.run(check).status == 0)
    let file = FileManager.default.temporaryDirectory.path + "/violations-\(UUID().uuidString).log"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let line =
      #"{"entry_key":"0190a000-0000-7000-8000-000000000001","type":"GAME_CROSS_BRAND","event_type":"GAME_CROSS_BRAND","severity":"CRITICAL","created_at_microseconds":1764028800000000}"#
    try "\(line)\nnot a line\n".write(toFile: file, atomically: true, encoding: .utf8)
    let bring = [
      "audit", "security", "import", "--config", stack.configurationFile, "--file", file, "--json", "--operator-id", "ops:events",
      "--reason",
      "INC-1",
    ]
    for imported in [1, 0] {
      let answer = try await program.run(bring)
      #expect(answer.status == 3 && answer.output.contains(#""imported":\#(imported)"#) && answer.messages.contains("2"), "\(answer)")
    }
    #expect(try await stack.psql("SELECT count(*) FROM security_audit_logs WHERE event_type = 'GAME_CROSS_BRAND'") == "1")
    #expect(try await stack.psql("SELECT count(*) FROM cordon.admin_audit WHERE action = 'SECURITY_LOG_IMPORT'") == "1")
  }

  /// The proof of another brand's entry is one that this brand hasn't.
  private func expectForeignReceipt(_ stack: RunningStack, _ one: StackBrand, _ two: StackBrand) async throws {
    let player = try await stack.player("owner", on: two)
    let deposit = try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(two.code):events",
      body: WalletDepositBody(player: player.id, amount: 100, currency: two.currency), headers: stack.headers(of: .admin, two))
    #expect(deposit.status == 201)
    let path = "/internal/wallet/log/receipts/1"
    try await eventually("the other brand has its proof") {
      try await stack.client.send("GET", path, at: stack.url(.walletService), headers: stack.headers(of: .admin, two)).status == 200
    }
    let reply = try await stack.client.send("GET", path, at: stack.url(.walletService), headers: stack.headers(of: .admin, one))
    #expect(reply.summary == "404 receipt_missing")
    let event = try await event(of: try #require(reply.headers[HeaderNames.requestID.lowercased()]), stack)
    #expect(event == "\(one.id)|denial|denied|receipt_missing|404|wallet_service|GET|/internal/wallet/log/receipts/{seq}")
  }

  private func expectRateLimit(_ stack: RunningStack, _ brand: StackBrand) async throws {
    var limited: StackReply?
    for _ in 0..<60 where limited == nil {
      let reply = try await stack.client.send(
        "POST", "/v1/sessions", at: stack.url(.gateway), host: brand.host,
        body: CredentialsBody(account: "nobody", password: "wrong password"))
      if reply.status == 429 { limited = reply }
    }
    let event = try await event(of: try #require(limited?.headers[HeaderNames.requestID.lowercased()]), stack)
    #expect(event == "\(brand.id)|denial|denied|rate_limited|429|player_service|POST|/v1/sessions")
  }

  /// A table that is gone, which no code foresees.
  private func expectInvariantFailure(_ stack: RunningStack, _ player: StackPlayer) async throws {
    try await stack.psql("ALTER TABLE wallet.wallet_balance RENAME TO hidden")
    let reply = try await stack.client.send(
      "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: player.brand.host, token: player.token)
    try await stack.psql("ALTER TABLE wallet.hidden RENAME TO wallet_balance")
    #expect(reply.summary == "500 internal_error")
    let request = try #require(reply.headers[HeaderNames.requestID.lowercased()])
    let event = try await event(of: request, stack)
    #expect(event.hasPrefix("\(player.brand.id)|failure|failed|internal_error|500|wallet_service|GET|"), "\(event)")
    #expect(stack.log.split(separator: "\n").contains { $0.contains(request) && $0.contains(#""event":"invariant_failure""#) })
  }

  private func expectLists(_ stack: RunningStack, _ one: StackBrand, _ two: StackBrand) async throws {
    let program = CordonProgram(environment: ["CORDON_ENV": "local"])
    let request = try await stack.psql(
      "SELECT request_id FROM cordon.system_event WHERE reason = 'receipt_missing' AND brand_id = \(one.id) LIMIT 1")
    let list = ["events", "list", "--config", stack.configurationFile, "--json", "--request-id", request]
    let found = try await program.run(list)
    #expect(found.status == 0 && found.output.contains(request) && found.output.contains(#""reason":"receipt_missing""#), "\(found)")
    #expect(
      try await program.run(list + ["--brand", "\(one.id)", "--kind", "denial", "--since", "2026-01-01T00:00:00Z"]).output == found.output)
    #expect(try await program.run(list + ["--brand", "\(two.id)"]).output == "[]\n")
    #expect(try await program.run(list + ["--kind", "failure"]).output == "[]\n")
    #expect(try await program.run(list + ["--kind", "nothing"]).status == 2)
    let number = try await stack.psql("SELECT event_id FROM cordon.system_event WHERE request_id = '\(request)'")
    let shown = try await program.run("events", "show", number, "--config", stack.configurationFile)
    #expect(shown.status == 0 && shown.output.contains(request), "\(shown)")
    #expect(try await program.run("events", "show", "999999", "--config", stack.configurationFile).status == 4)
    // Through the back office, too.
    let token = try await stack.operatorToken(of: "ops:events")
    for (brand, isOwn) in [(one, true), (two, false)] {
      let page = try await stack.client.send(
        "GET", "/v1/admin/system-events?request_id=\(request)", at: stack.url(.adminService), token: token,
        headers: stack.headers(ofOperator: "ops:events", brand))
      #expect(page.status == 200 && page.text.contains(request) == isOwn && page.headers["cache-control"] == "no-store", "\(page.text)")
    }
  }

  private func expectExport(_ stack: RunningStack, _ brand: StackBrand) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/cordon-events-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let program = CordonProgram(environment: ["CORDON_ENV": "local"])
    try await eventually("the events are signed") {
      try await stack.psql("SELECT count(*) > 0 FROM evidence.log_checkpoint WHERE brand_id = \(brand.id) AND ledger = 'system_event'")
        == "t"
    }
    let bundle = folder + "/bundle"
    let export = try await program.run(
      "evidence", "export", "--config", stack.configurationFile, "--brand", "\(brand.id)", "--ledger", "system_event", "--out", bundle,
      "--operator-id", "ops:auditor", "--reason", "INC-1", "--json")
    #expect(export.status == 0, "\(export.messages)")
    let request = try #require(export.output.firstMatch(of: /"request_id":"([^"]+)"/).map { String($0.output.1) })
    let newest = try await stack.psql(
      """
      SELECT kind, outcome, operator_id, request_id, occurred_at > now() - interval '5 minutes', detail ->> 'log' LIKE '%/system_event'
      FROM cordon.system_event WHERE brand_id = \(brand.id) ORDER BY event_id DESC LIMIT 1
      """)
    #expect(newest == "export|done|ops:auditor|\(request)|t|t")
    #expect(
      try await stack.psql("SELECT count(*) FROM cordon.admin_audit WHERE action = 'EVIDENCE_EXPORT' AND request_id = '\(request)'") == "1")
    let key = try #require(stack.settings["SIGNING_KEY_FILE"])
    let keys = folder + "/keys"
    try await program.run("keys", "signing", "show", "--key", key).output.write(toFile: keys, atomically: true, encoding: .utf8)
    #expect(try run([CordonProgram.path + "-verify", bundle, "--keys", keys]).status == 0)
    let verifier = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/SecondVerifier/verifier.py"
    let second = try run(["/usr/bin/env", "python3", "-B", verifier, bundle, keys]).output
    #expect(second.trimmingCharacters(in: .whitespacesAndNewlines) == "verified")
    let check = try await program.run("evidence", "check", "--config", stack.configurationFile, "--ledger", "system_event")
    #expect(check.status == 0 && check.output.contains("system_event"), "\(check)")
  }

  /// A superuser tries: the row stays, and the attempt is an event, a line of the log and a number.
  private func expectRefusedChange(_ stack: RunningStack) async throws {
    for statement in ["UPDATE cordon.system_event SET reason = 'x'", "DELETE FROM cordon.system_event", "TRUNCATE cordon.system_event"] {
      await #expect(throws: (any Error).self) { try await stack.psql(statement) }
    }
    let event = try await eventually("the attempts are told of", within: .seconds(30)) { () -> String? in
      let rows = try await stack.psql(
        """
        SELECT string_agg(outcome || ' ' || (detail ->> 'ledger'), ',') || ' ' || sum(occurrences) FROM cordon.system_event
        WHERE kind = 'append_only_violation'
        """)
      return rows.hasSuffix(" 3") ? rows : nil
    }
    #expect(event.hasPrefix("denied cordon.system_event"), "\(event)")
    #expect(stack.log.contains(#""event":"security_append_only_violation""#))
    let metrics = try await stack.client.send("GET", "/metrics", at: stack.url(.walletWorker)).text
    #expect(metrics.contains(#"append_only_violations_total{ledger="cordon.system_event"} 3"#))
  }

  @Test(
    "without Redis refusals are still kept; without PostgreSQL requests are still answered and their events come later; a stop writes what waits",
    .timeLimit(.minutes(3)))
  func outages() async throws {
    try await RunningStack.run(durable: true, settings: ["CORDON_DRAIN_SECONDS": "0"]) { stack in
      await stack.redis.stopForRestart()
      let withoutRedis = try await refused(stack)
      #expect(try await event(of: withoutRedis, stack).contains("|caller_token_invalid|401|wallet_service|"))
      try await stack.redis.startAgain()

      await stack.postgres.stopForRestart()
      let started = ContinuousClock.now
      var waiting: [String] = []
      for _ in 0..<30 { waiting.append(try await refused(stack)) }
      #expect(ContinuousClock.now - started < .seconds(20))
      try await stack.postgres.startAgain()
      for request in [waiting[0], waiting[29]] { #expect(try await event(of: request, stack, within: .seconds(60)).contains("|denial|")) }
      let ids = waiting.map { "'\($0)'" }.joined(separator: ", ")
      try await eventually("each once") {
        try await stack.psql("SELECT count(*) FROM cordon.system_event WHERE request_id IN (\(ids))") == "30"
      }

      let last = try await refused(stack)
      stack.program.signal(SIGTERM)
      #expect(await stack.program.status() == 0)
      #expect(try await event(of: last, stack).contains("|denial|"))
      let kept = try await stack.psql("SELECT count(*), max(seq) - count(*) FROM cordon.system_event WHERE brand_id IS NULL")
      #expect(kept.hasSuffix("|0"), "no gap in the chain: \(kept)")
      let check = try await CordonProgram(environment: ["CORDON_ENV": "local"]).run(
        "evidence", "check", "--config", stack.configurationFile, "--ledger", "system_event")
      #expect(check.status == 0, "\(check)")
    }
  }

  // MARK: Looking

  /// - Returns: the request id of an answer to somebody without a secret.
  private func refused(_ stack: RunningStack) async throws -> String {
    let reply = try await stack.client.send(
      "GET", "/internal/wallet/players/1/balances", at: stack.url(.walletService),
      headers: [HeaderNames.internalServiceToken: "wrong", HeaderNames.brandID: "1"])
    #expect(reply.summary == "401 caller_token_invalid")
    return try #require(reply.headers[HeaderNames.requestID.lowercased()])
  }

  /// `brand|kind|outcome|reason|status|service|method|route` of the one event of a request.
  private func event(of request: String, _ stack: RunningStack, within limit: Duration = .seconds(20)) async throws -> String {
    try await eventually("the event of \(request)", within: limit, every: .milliseconds(100)) {
      let rows = try? await stack.psql(
        "SELECT brand_id, kind, outcome, reason, status, service, method, route FROM cordon.system_event WHERE request_id = '\(request)'")
      return rows.flatMap { $0.isEmpty ? nil : $0 }
    }
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
