import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

/// From one bad answer to everything that happened around it.
@Suite("cordon timeline", .timeLimit(.minutes(3)))
struct TimelineTests {
  private struct Answer: Decodable {
    struct Entry: Decodable {
      let at: String
      let kind: String
      let row: String
      let brandId: Int64?
      let who: String?
      let what: String
      let requestId: String?
    }

    let from: String
    let to: String
    let firstFailure: String?
    let truncated: Bool
    let entries: [Entry]
  }

  @Test(
    "S4-INC-13 around a failed request stand, in order, what was refused, what began to run, which key signs, who changed what, and nothing of another brand"
  )
  func joined() async throws {
    try await RunningStack.run { stack in
      let (one, two) = (stack.brands[0], stack.brands[1])
      let player = try await stack.player("timeline", on: one)
      let foreign = try await stack.player("timeline", on: two)
      try await change(stack, by: "ops:before")
      // A token of the other brand's: an attempt, and a refusal in the log of the brand whose host it was.
      let crossed = try await stack.client.send(
        "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: two.host, token: player.token)
      #expect(crossed.status == 401 || crossed.status == 403)
      let request = try await failure(stack, player)
      let other = try await failure(stack, foreign)
      try await stack.psql(
        "INSERT INTO cordon.recovery_audit (brand_id, surface, action, outcome, request_id) VALUES (\(one.id), 'player', 'REQUEST', 'success', 'r-1')"
      )
      try await restart(stack)

      let answer = try await timeline(stack, ["--request-id", request])
      #expect(answer.entries.map(\.at) == answer.entries.map(\.at).sorted())
      #expect(Set(answer.entries.map(\.kind)) == ["event", "deploy", "key", "audit"])
      let failed = try #require(answer.entries.first { $0.row == answer.firstFailure })
      #expect(
        failed.requestId == request && failed.brandId == one.id && failed.what.hasPrefix("failure internal_error 500 wallet_service GET"))
      let sources = Set(answer.entries.map { $0.row.split(separator: "/").first.map(String.init) ?? "" })
      #expect(
        sources == ["system_event", "admin_audit", "security_audit_logs", "recovery_audit", "signing_key", "schema_migrations"],
        "\(sources)")
      try expectOrder(answer, failed)
      #expect(answer.entries.contains { $0.requestId == other && $0.brandId == two.id })
      try await expectParts(stack, request, other)
      try await expectRefusals(stack)
    }
  }

  /// What was deployed before the failure and after it, and by whom the change before it was made.
  private func expectOrder(_ answer: Answer, _ failed: Answer.Entry) throws {
    let starts = answer.entries.filter { $0.kind == "deploy" && $0.what.hasPrefix("wallet_service starts:") }
    #expect(starts.count == 2 && starts[0].at < failed.at && starts[1].at > failed.at, "\(starts.map(\.what))")
    let head = try #require(answer.entries.last { $0.row.hasPrefix("schema_migrations/") }).row.split(separator: "/")[1]
    #expect(starts.allSatisfy { $0.what.contains("head \(head) local enforce") }, "\(starts.map(\.what))")
    let act = try #require(answer.entries.first { $0.who == "ops:before" && $0.what.hasPrefix("GLOBAL_VAR_SET") })
    #expect(act.kind == "audit" && act.at < failed.at)
    #expect(answer.entries.contains { $0.kind == "key" && $0.what.hasPrefix("SIGNING_KEY_REGISTER") })
    #expect(answer.entries.contains { $0.what.hasPrefix("TOKEN_BRAND_MISMATCH CRITICAL") })
  }

  private func expectParts(_ stack: RunningStack, _ request: String, _ other: String) async throws {
    let (one, two) = (stack.brands[0], stack.brands[1])
    let own = try await timeline(stack, ["--request-id", request, "--brand", "\(one.id)"])
    let ids = Set(own.entries.map(\.requestId))
    #expect(ids.contains(request) && !ids.contains(other))
    // Who of this brand tried to reach the other is its own business too; nothing else of the other's is.
    #expect(own.entries.allSatisfy { $0.brandId != two.id || $0.row.hasPrefix("security_audit_logs/") })
    let cut = try await timeline(stack, ["--from", own.from, "--limit", "2"])
    let whole = try await timeline(stack, ["--from", own.from])
    #expect(cut.truncated && !whole.truncated && cut.entries.map(\.row) == whole.entries.prefix(2).map(\.row))
    // A storm before the request doesn't push it out of its own timeline.
    let near = try await timeline(stack, ["--request-id", request, "--limit", "2"])
    #expect(near.truncated && near.entries.count == 2 && near.entries.contains { $0.requestId == request && $0.row == near.firstFailure })
    // A brand doesn't see who works for the platform, nor another brand's requests.
    #expect(
      !own.entries.contains { $0.what.hasPrefix("OPERATOR_SIGN_IN") } && whole.entries.contains { $0.what.hasPrefix("OPERATOR_SIGN_IN") })
    #expect(try await run(stack, ["--request-id", request, "--brand", "\(two.id)"]).status == 4)
    let moment = try #require(own.entries.first { $0.requestId == request }).at
    let instant = try await timeline(stack, ["--from", moment, "--to", moment])
    #expect(instant.entries.map(\.requestId) == [request] && instant.firstFailure == instant.entries.first?.row)
    // What people write steers no terminal, and makes no lines.
    try await stack.psql(
      "INSERT INTO cordon.admin_audit (operator_id, action, resource, resource_key, reason) VALUES ('ops:x', 'A', 'b', '1', E'x\\nFORGED\\x1b[2J')"
    )
    let text = try await run(stack, ["--request-id", request]).output
    #expect(text.contains("FORGED") && !text.contains("\u{1B}") && !text.split(separator: "\n").contains { $0.hasPrefix("FORGED") })
    #expect(text.split(separator: "\n").count { $0.hasPrefix("!") && $0.contains("internal_error") } == 1, "\(text)")
  }

  private func expectRefusals(_ stack: RunningStack) async throws {
    #expect(try await run(stack, ["--request-id", "nobody's"]).status == 4)
    for wrong in [
      [], ["--from", "yesterday"], ["--from", "2026-11-25T12:00:00Z", "--to", "2026-11-25T11:00:00Z"],
      ["--request-id", "x", "--limit", "0"],
      ["--request-id", "x", "--around", "0"],
    ] {
      #expect(try await run(stack, wrong).status == 2, "\(wrong)")
    }
    // A role that can't write its start down serves all the same.
    try await stack.psql("ALTER TABLE cordon.system_event RENAME TO system_event_away")
    #expect(try await restart(stack).contains("the start is not in the system event ledger"))
    try await stack.psql("ALTER TABLE cordon.system_event_away RENAME TO system_event")
  }

  // MARK: What happens

  private func change(_ stack: RunningStack, by id: String) async throws {
    let token = try await stack.operatorToken(of: id)
    let reply = try await stack.client.send(
      "PUT", "/v1/admin/global-vars/metrics_text", at: stack.url(.adminService), token: token, body: ["value": "changed"],
      headers: [HeaderNames.operatorID: id])
    #expect(reply.status < 300, "\(reply.summary)")
  }

  /// - Returns: the id of a request that failed, whose event is there.
  private func failure(_ stack: RunningStack, _ player: StackPlayer) async throws -> String {
    try await stack.psql("ALTER TABLE wallet.wallet_balance RENAME TO hidden")
    let reply = try await stack.client.send(
      "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: player.brand.host, token: player.token)
    try await stack.psql("ALTER TABLE wallet.hidden RENAME TO wallet_balance")
    #expect(reply.summary == "500 internal_error")
    let request = try #require(reply.headers[HeaderNames.requestID.lowercased()])
    try await eventually("the event is there") {
      try await stack.psql("SELECT count(*) FROM cordon.system_event WHERE request_id = '\(request)'") != "0"
    }
    return request
  }

  /// - Returns: what another wallet said until it served.
  @discardableResult
  private func restart(_ stack: RunningStack) async throws -> String {
    var messages = ""
    try await RoleProcess.serving(.walletService, stack) { messages = $0.messages }
    return messages
  }

  // MARK: Asking

  private func run(_ stack: RunningStack, _ arguments: [String]) async throws -> (status: Int32, output: String, messages: String) {
    try await CordonProgram(environment: ["CORDON_ENV": "local"]).run(
      ["timeline", "--config", stack.configurationFile] + arguments)
  }

  private func timeline(_ stack: RunningStack, _ arguments: [String]) async throws -> Answer {
    let run = try await run(stack, arguments + ["--json"])
    #expect(run.status == 0, "\(run.messages)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Answer.self, from: Data(run.output.utf8))
  }
}
