import Contracts
import Composition
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("cordon sessions")
struct SessionCommandTests {
  @Test("S0-JWT-22 S0-JWT-10 the sessions of one brand end, then all; the gateway refuses those and only those, each act audited")
  func invalidation() async throws {
    try await RunningStack.run { stack in
      let players = [
        try await stack.player("alice", on: stack.brands[0]), try await stack.player("bobby", on: stack.brands[0]),
        try await stack.player("alice", on: stack.brands[1]),
      ]
      #expect(try await answers(players, stack) == ["200", "200", "200"])
      let cordon = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile])
      let audit = try await cordon.run("sessions", "audit", "--json")
      #expect(audit.status == 0 && audit.output.contains(#""without_brand":0"#), "\(audit.messages)")

      let second = "\(stack.brands[1].id)"
      #expect(try await end(cordon, ["--brand", second]).status == 2, "it asks, and there is no terminal")
      #expect(try await end(cordon, ["--brand", second, "--all", "--yes"]).status == 2)
      let planned = try await end(cordon, ["--brand", second, "--dry-run"])
      #expect(planned.status == 0 && planned.output.contains(#""sessions":1"#), "\(planned.messages)")
      #expect(try await answers(players, stack) == ["200", "200", "200"])
      #expect(try await end(cordon, ["--brand", second, "--yes"]).status == 0)
      try await eventually("brand2's tokens are refused") {
        try await answers(players, stack) == ["200", "200", "401 session_missing"]
      }
      #expect(try await end(cordon, ["--brand", "\(stack.brands[0].id)", "--player", "\(players[0].id)", "--yes"]).status == 0)
      try await eventually("the player's tokens are refused") {
        try await answers(players, stack) == ["401 session_missing", "200", "401 session_missing"]
      }
      #expect(try await end(cordon, ["--all", "--yes"]).status == 0)
      try await eventually("every token is refused") {
        try await answers(players, stack).allSatisfy { $0 == "401 session_missing" }
      }
      let rows = try await stack.psql(
        "SELECT brand_id, resource_key, new_value ->> 'ended' FROM cordon.admin_audit WHERE action = 'SESSION_INVALIDATE' ORDER BY audit_id"
      )
      let first = "\(stack.brands[0].id)"
      #expect(rows.split(separator: "\n") == ["\(second)|*|1", "\(first)|\(players[0].id)|1", "\(first)|*|1", "\(second)|*|0"])
    }
  }

  @Test("S0-JWT-14 sessions that name no brand, or one that doesn't exist, are counted and fail the audit until they are gone")
  func withoutBrand() async throws {
    try await RunningStack.run { stack in
      _ = try await stack.player("alice", on: stack.brands[0])
      let cordon = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile])
      let old = ["session:legacy", "session:99:x", "session:1:"]
      for key in old { try await stack.redis("SET", key, "{}") }
      let found = try await cordon.run("sessions", "audit", "--json")
      #expect(found.status == 3 && found.output.contains(#""without_brand":3"#), "\(found.output)\(found.messages)")
      for key in old { try await stack.redis("DEL", key) }
      let clean = try await cordon.run("sessions", "audit", "--json")
      #expect(clean.status == 0 && clean.output.contains(#""without_brand":0"#), "\(clean.output)\(clean.messages)")
    }
  }

  private func answers(_ players: [StackPlayer], _ stack: RunningStack) async throws -> [String] {
    var answers: [String] = []
    for player in players {
      answers.append(
        try await stack.client.send("GET", "/v1/players/me", at: stack.url(.gateway), host: player.brand.host, token: player.token).summary)
    }
    return answers
  }

  private func end(
    _ cordon: CordonProgram, _ options: [String]
  ) async throws -> (status: Int32, output: String, messages: String) {
    try await cordon.run(["sessions", "invalidate", "--operator-id", "ops-9", "--reason", "key leaked", "--json"] + options)
  }
}
