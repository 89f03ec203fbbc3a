import Foundation
import Glibc
import Platform
import Redis
import TestSupport
import Testing

/// The harness against real stacks. One at a time: each runs a whole stack.
@Suite("The two-brand harness", .serialized)
struct HarnessProfileTests {
  /// What a passing run proves by itself; each check names its rows.
  private static let rows: Set<String> = [
    "S0-E2E-02", "S0-E2E-03", "S0-E2E-07", "S0-E2E-09", "S0-E2E-15", "S0-E2E-16", "S0-E2E-17", "S0-E2E-18", "S0-E2E-19", "S0-E2E-20",
    "S0-E2E-21",
    "S0-E2E-22", "S0-E2E-23", "S0-E2E-24", "S0-E2E-25", "S0-E2E-29", "S0-E2E-30", "S0-E2E-31", "S0-CFG-10", "S0-TOK-16", "S0-SMK-01",
    "S0-SMK-02", "S0-SMK-03", "S0-SMK-04", "S0-SMK-05", "S0-SMK-07", "S0-SMK-08",
  ]
  private static let bogusProxy = [
    "HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1",
    "NO_PROXY": "localhost,127.0.0.1,::1", "no_proxy": "localhost,127.0.0.1,::1",
  ]

  private func expectPassed(_ answer: HarnessAnswer, profile: String) {
    #expect(answer.profile == profile)
    #expect(answer.guardFindings == [])
    #expect(answer.named("failed") == [])
    #expect(answer.checks.map(\.number) == Array(1...19))
    #expect(answer.summary == "19 passed, 0 failed, 0 skipped")
    #expect(answer.proved.isSuperset(of: Self.rows), "not proved: \(Self.rows.subtracting(answer.proved).sorted())")
    #expect(answer.verified)
    #expect(answer.status == 0)
  }

  @Test(
    "S0-E2E-08 S0-E2E-14 S0-E2E-15 S0-E2E-16 S0-E2E-17 S0-E2E-18 S0-E2E-19 S0-E2E-20 S0-E2E-21 S0-E2E-22 S0-E2E-23 S0-E2E-25 S0-E2E-29 S0-E2E-30 S0-E2E-31 S0-CFG-10 in observe, where foreign tokens are counted, nineteen checks pass"
  )
  func observe() async throws {
    try await TwoBrandStack.run("observe") { stack in
      #expect(try await stack.seed() == 0)
      // S0-E2E-11: a proxy that leads nowhere, with and without exceptions: the harness itself uses none.
      expectPassed(try await stack.verify(Self.bogusProxy), profile: "observe")
      expectPassed(try await stack.verify(Self.bogusProxy.filter { $0.key.uppercased() != "NO_PROXY" }), profile: "observe")
      // Again: the players are there, and everything is a difference to before.
      expectPassed(try await stack.verify(), profile: "observe")
      try await look(stack)
    }
  }

  /// The same facts, by the runbooks' own commands and no code of the harness.
  private func look(_ stack: TwoBrandStack) async throws {
    #expect(try await stack.psql("SELECT count(DISTINCT brand_id), count(DISTINCT brand_code) FROM brand") == "2|2")
    #expect(try await stack.psql("SELECT count(DISTINCT player_id) FROM player WHERE account='alice_e2e'") == "2")
    let moved = try await stack.psql(
      "SELECT count(DISTINCT brand_id), min(sum) FROM (SELECT brand_id, count(*) AS sum FROM wallet.wallet_ledger GROUP BY 1) AS l")
    #expect(moved.hasPrefix("2|"))
    #expect(try await stack.psql("SELECT string_agg(DISTINCT currency::text, ',') FROM wallet.wallet_ledger WHERE brand_id = 1") == "EUR")
    #expect(try await stack.psql("SELECT string_agg(DISTINCT currency::text, ',') FROM wallet.wallet_ledger WHERE brand_id <> 1") == "USD")
    for stream in ["wallet:events", "player:events"] {
      let entries = try await stack.redis(["XREVRANGE", stream, "+", "-"]).array ?? []
      #expect(!entries.isEmpty)
      for entry in entries {
        let texts = (entry.array?.last?.array ?? []).compactMap(\.text)
        #expect(texts.contains { $0.hasPrefix("{") && $0.contains(#""brand_id""#) }, "\(stream): \(texts)")
      }
      let brands = entries.compactMap { entry -> String? in
        let texts = (entry.array?.last?.array ?? []).compactMap(\.text)
        return texts.firstIndex(of: "brand_id").map { texts[$0 + 1] }
      }
      #expect(Set(brands) == ["1", "2"], "\(stream)")
    }
    // S0-E2E-07: the Host header is all that leads to a brand.
    #expect(getaddrinfo("brand2.local", nil, nil, nil) != 0)
  }

  @Test(
    "S0-E2E-08 S0-E2E-09 S0-E2E-13 S0-E2E-14 S0-E2E-23 S0-E2E-24 in enforce, where foreign tokens are rejected, the recipe of make verify-two-brand passes, on keys from an environment file with escaped line breaks"
  )
  func enforce() async throws {
    try await TwoBrandStack.run("enforce", file: try await escapedKeys()) { stack in
      let calls = try Recipe.programCalls(of: "verify-two-brand", ["STACK": stack.configuration])
      #expect(calls.count == 2)
      for call in calls {
        let run = try await CordonProgram(environment: [:]).run(call)
        #expect(run.status == 0, "cordon \(call.joined(separator: " ")): \(run.output)\(run.messages)")
      }
      expectPassed(try await stack.verify(), profile: "enforce")
      try await identities(stack)
    }
  }

  /// `CORDON_JWT_*` with `\n` for each line break, as compose files have them.
  private func escapedKeys() async throws -> String {
    let keys = try await CordonProgram().run("keys", "generate").output
    let lines = DotenvFile.parse(keys).lines.filter { ["JWT_KID", "JWT_PRIVATE_KEY", "JWT_PUBLIC_KEYS"].contains($0.name) }
    #expect(lines.contains { $0.value.contains("\n") })
    return lines.map { "CORDON_\($0.name)='\($0.value.replacing("\n", with: #"\n"#))'\n" }.joined()
  }

  /// S0-TOK-16.
  private func identities(_ stack: TwoBrandStack) async throws {
    for (caller, token) in [("gateway", "INTERNAL_SERVICE_TOKEN_GATEWAY"), ("game", "INTERNAL_SERVICE_TOKEN_GAME")] {
      let chosen = ["E2E_INTERNAL_CALLER_SERVICE": caller, "E2E_INTERNAL_SERVICE_TOKEN": try stack.setting(token)]
      let answer = try await stack.verify(chosen)
      expectPassed(answer, profile: "enforce")
      #expect(answer.checks.contains { $0.name.contains("internal calls as \(caller) ") })
    }
    let wrong = try await stack.verify(["E2E_INTERNAL_SERVICE_TOKEN": "not-the-gateway's"])
    #expect(wrong.status == 3)
    #expect(wrong.numbers("failed").contains(12))
  }
}
