import TestSupport
import Testing

@testable import Game

@Suite("cordon game")
struct GameCommandTests {
  @Test("providers prints each agreement, without a database")
  func providers() async throws {
    let cordon = CordonProgram(environment: ["CORDON_ENV": "test"])
    let text = try await cordon.run("game", "providers")
    #expect(text.status == 0, "\(text.messages)")
    let lines = text.output.split(separator: "\n")
    #expect(lines.count == Providers.names.count + 1)
    #expect(lines.dropFirst().map { String($0.prefix { $0 != " " }) } == Providers.names)
    let json = try await cordon.run("game", "providers", "--json")
    #expect(json.output.contains(#""provider":"wc""#) && json.output.contains(#""rounds":"strict""#))
  }

  @Test("switch sets a provider for a brand and leaves who did it; providers --brand shows it")
  func switches() async throws {
    try await GameBench.run { bench in
      let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.database.url])
      let act = ["--brand", "2", "--operator-id", "ops:alice", "--reason", "INC-7"]
      let off = try await cordon.run(["game", "switch", "mg", "--enabled", "off"] + act)
      #expect(off.status == 0, "\(off.messages)")
      let shown = try await cordon.run("game", "providers", "--brand", "2", "--json")
      #expect(
        shown.output.contains(#""provider":"mg","enabled":false,"maintenance":false,"reason":"INC-7","updated_by":"ops:alice""#),
        "\(shown.output)")
      #expect(shown.output.contains(#""provider":"bti","enabled":true"#))
      #expect(
        try await bench.call("/internal/game/launch", method: "POST", brand: "2", body: Self.ask).member("reason")
          == "game_provider_disabled")
      #expect(try await bench.call("/internal/game/launch", method: "POST", brand: "1", body: Self.ask).status == 201)
      let audit =
        "SELECT count(*) FROM cordon.admin_audit WHERE brand_id = 2 AND action = 'GAME_PROVIDER_SWITCH' AND operator_id = 'ops:alice'"
      #expect(try await bench.number(audit) == 1)
      #expect(try await cordon.run(["game", "switch", "nobody"] + act).status == 4)
      #expect(try await cordon.run("game", "switch", "mg", "--brand", "2").status == 2)
    }
  }

  private static let ask = #"{"player_id":1,"provider":"mg","game":"slot"}"#
}
