import Foundation
import TestSupport
import Testing

/// The integrator's kit against a stack as `cordon up` starts it.
@Suite("cordon simulate provider")
struct ProviderSimulatorTests {
  struct Report: Decodable {
    struct Divergence: Decodable {
      let session: Int?
      let sequence: [String]
      let replay: String?
    }

    let plan: String
    let equal: Bool
    let sessions: Int
    let callbacks: Int
    let answers: [String: [String: Int]]
    let fates: [String: Int]
    let divergences: [Divergence]
  }

  @Test("each provider's sessions come out as the kit's own ledger says, on both brands; the same seed is the same plan")
  func equal() async throws {
    try await RunningStack.run { stack in
      for (profile, ok) in [("mg", "RS_OK"), ("bti", "0"), ("wc", "SUCCESS")] {
        let (status, report) = try await Self.simulate(stack, profile, ["--sessions", "12", "--seed", "7"])
        #expect(status == 0 && report.equal, "\(profile): \(report.divergences.prefix(2))")
        #expect(report.sessions == 12 && report.callbacks > 100)
        #expect(report.answers["bet"]?[ok] ?? 0 > 10)
        #expect(report.answers["rollback"]?.isEmpty == false && report.answers["end_round"]?.isEmpty == false)
        for fate in ["duplicated", "twins", "reply_lost", "cut", "truncated", "forged"] {
          #expect(report.fates[fate] ?? 0 > 0, "\(profile) never: \(fate)")
        }
        #expect(try await Self.simulate(stack, profile, ["--sessions", "12", "--seed", "7"]).report.plan == report.plan)
        #expect(try await Self.simulate(stack, profile, ["--sessions", "12", "--seed", "8"]).report.plan != report.plan)
      }
      // Both brands took bets, and nobody's callback became another brand's.
      #expect(try await stack.psql("SELECT count(DISTINCT brand_id) FROM cordon.game_callback") == "2")
    }
  }

  @Test("money that moved behind its back is found: status 3, what led there, and the command that plays it again")
  func planted() async throws {
    try await RunningStack.run { stack in
      let thief = Task {
        while !Task.isCancelled {
          // brand-global: test: a fault in every wallet of the stack
          _ = try? await stack.psql("UPDATE wallet.wallet_balance SET balance = balance - 1 WHERE balance > 1000")
          try? await Task.sleep(for: .milliseconds(20))
        }
      }
      let (status, report) = try await Self.simulate(stack, "mg", ["--sessions", "8", "--rate", "100"])
      thief.cancel()
      await thief.value
      #expect(status == 3 && !report.equal)
      let divergence = try #require(report.divergences.first { $0.session != nil })
      let session = try #require(divergence.session)
      #expect(!divergence.sequence.isEmpty)
      #expect(divergence.replay?.contains("--seed 1 --session \(session)") == true)
      // The session alone, without the thief, comes out.
      let (_, again) = try await Self.simulate(stack, "mg", ["--session", "\(session)"])
      #expect(again.sessions == 1 && again.divergences.allSatisfy { $0.session == nil })
    }
  }

  @Test("wrong options, a missing key and a stack that isn't there are told apart")
  func refusals() async throws {
    let keys = #"{"mg":"a secret of the tests, long enough"}"#
    let nowhere = "http://127.0.0.1:\(try FreePort.next())"
    let environment = [
      "CORDON_ENV": "local", "GAME_SIMULATOR_KEYS": keys, "INTERNAL_SERVICE_TOKEN_ADMIN": "a-token-of-the-tests-0123456789",
      "CORDON_GATEWAY_URL": nowhere, "CORDON_GAME_SERVICE_URL": nowhere, "CORDON_WALLET_SERVICE_URL": nowhere,
    ]
    let cordon = CordonProgram(environment: environment)
    for options in [
      [], ["--profile", "nobody"], ["--profile", "mg", "--sessions", "0"], ["--profile", "mg", "--rate", "-1"],
      ["--profile", "mg", "--session", "3", "--sessions", "4"], ["--profile", "wc"],
    ] {
      #expect(try await cordon.run(["simulate", "provider"] + options).status == 2, "\(options)")
    }
    let silent = try await cordon.run("simulate", "provider", "--profile", "mg")
    #expect(silent.status == 75 && silent.messages.contains(nowhere), "\(silent.messages)")
  }

  @Test("a stack that says it is production, or nothing, is left alone", arguments: ["production", "live", ""])
  func production(environment: String) async throws {
    let server = try CannedServer(environment.isEmpty ? "{}" : #"{"environment":"\#(environment)"}"#)
    defer { server.stop() }
    let url = "http://127.0.0.1:\(server.port)"
    let cordon = CordonProgram(environment: [
      "CORDON_ENV": "local", "GAME_SIMULATOR_KEYS": #"{"mg":"a secret of the tests, long enough"}"#,
      "INTERNAL_SERVICE_TOKEN_ADMIN": "a-token-of-the-tests-0123456789", "CORDON_GATEWAY_URL": url, "CORDON_GAME_SERVICE_URL": url,
      "CORDON_WALLET_SERVICE_URL": url,
    ])
    let refused = try await cordon.run("simulate", "provider", "--profile", "mg")
    #expect(refused.status == 5, "\(refused.messages)")
    #expect(refused.output.isEmpty)
  }

  private static func simulate(
    _ stack: RunningStack, _ profile: String, _ options: [String]
  ) async throws -> (status: Int32, report: Report) {
    let cordon = CordonProgram(environment: ["CORDON_ENV": "local"])
    let run = try await cordon.run(
      ["simulate", "provider", "--profile", profile, "--json", "--config", stack.configurationFile] + options)
    let report = try? JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    return (run.status, try #require(report, "\(run.status) \(run.messages)"))
  }
}
