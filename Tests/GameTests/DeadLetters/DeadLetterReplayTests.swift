import Contracts
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@testable import Game

@Suite("Replaying dead letters over HTTP")
struct DeadLetterReplayTests {
  private func decode(_ body: String) throws -> DeadLetterReplayAnswer {
    try JSONDecoder().decode(DeadLetterReplayAnswer.self, from: Data(body.utf8))
  }

  @Test(
    "the callback runs from the table's bytes, its signature left out, and the row is closed with the replay's request (S0-DLQ-08, S0-DLQ-17)"
  )
  func replayed() async throws {
    try await DeadLetterBench.run { bench async throws in
      let xml = "<bet><acct>brandx_alice</acct></bet>"
      let id = try await bench.kept(body: xml)
      let foreseen = try await bench.replay(id, dryRun: true)
      #expect(foreseen.status == 200)
      #expect(try decode(foreseen.body).effect == "applies")
      #expect(bench.callbacks.replayed.isEmpty)
      #expect(try await bench.status(id).hasPrefix("pending|"))

      let answer = try decode(try await bench.replay(id).body)
      #expect(answer.effect == "applies" && answer.replayStatus == "replayed")
      #expect(bench.callbacks.replayed.map(\.body) == [Array(xml.utf8)])
      let request = try #require(answer.replayRequestID)
      #expect(try await bench.status(id) == "replayed|t|\(request)|f|-")
      #expect(bench.role.metric("game_callback_dead_letter_replayed_total", ["provider": "mg", "outcome": "replayed"]) == 1)
    }
  }

  @Test("what would not apply is refused before anything runs, and what was refused or undecided leaves the letter pending (S0-DLQ-09)")
  func refusals() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      for effect in ReplayEffect.allCases where !effect.isReplayable {
        bench.callbacks.set(effect: effect)
        let answer = try await bench.replay(id)
        #expect(answer.status == 409 && answer.body.contains("replay_refused") && answer.body.contains(effect.rawValue), "\(answer)")
      }
      #expect(bench.callbacks.replayed.isEmpty)
      for outcome in [CallbackResult.Outcome.refused, .retriable, .unverified, .malformed, .unresolved] {
        bench.callbacks.set(outcome: outcome)
        let answer = try await bench.replay(id)
        #expect(answer.status == (outcome == .retriable ? 503 : 409), "\(outcome): \(answer)")
        #expect(try await bench.status(id).hasPrefix("pending|"), "\(outcome)")
      }
      bench.callbacks.set(effect: .duplicate)
      #expect(try decode(try await bench.replay(id).body).effect == "duplicate")
      #expect(try await bench.status(id).hasPrefix("replayed|"))
    }
  }

  @Test("of two replays at once one runs, and the other hears that somebody is at it; afterwards the letter is closed (S0-DLQ-14)")
  func twice() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      bench.callbacks.hold(true)
      async let first = bench.replay(id)
      try await eventually("the first has the row") { bench.callbacks.replayed.count == 1 }
      let second = try await bench.replay(id)
      #expect(second.status == 409 && second.body.contains("dead_letter_busy"), "\(second)")
      bench.callbacks.hold(false)
      #expect(try await first.status == 200)
      let third = try await bench.replay(id)
      #expect(third.status == 409 && third.body.contains("dead_letter_closed"), "\(third)")
      #expect(bench.callbacks.replayed.count == 1)
    }
  }

  @Test("only operators' tools may: without a token, with a wrong one, as another role, or for what isn't there, nothing runs")
  func strangers() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      #expect(try await bench.replay(id, token: "wrong").status == 401)
      #expect(try await bench.replay(id, caller: .game, token: DeadLetterBench.gameToken).status == 403)
      #expect(try await bench.replay(id, caller: .admin, token: DeadLetterBench.gameToken).status != 200)
      #expect(try await bench.replay(id + 1).status == 404)
      #expect(try await bench.replay(0).status == 404)
      #expect(bench.callbacks.replayed.isEmpty && bench.callbacks.foreseen == 0)
      #expect(try await bench.status(id).hasPrefix("pending|"))
    }
  }
}
