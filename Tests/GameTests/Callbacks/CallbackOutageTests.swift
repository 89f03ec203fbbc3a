import Foundation
import Kernel
import TestSupport
import Testing

@testable import Game

@Suite("Callbacks while PostgreSQL is away", .serialized)
struct CallbackOutageTests {
  private static let atLeast = 60
  /// A burst that nothing interrupts ends all the same, and the test fails.
  private static let atMost = 6000

  @Test(
    "killed in the middle of a burst: what is answered is kept, all else is put off, and after its return each callback counts once",
    arguments: ProviderPen.all)
  func killed(pen: ProviderPen) async throws {
    try await GameBench.run { bench, server in
      try await bench.deposit(1_000_000)
      let (token, account) = try await bench.play(pen)
      let answers = AnswerBook()
      // The burst lasts until the kill is felt, however late this machine comes to it; then again until every callback has its answer.
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await eventually("a third of the answers") { answers.decided >= Self.atLeast * 2 / 3 }
          await server.crash()
          try await eventually("an answer that is put off") { answers.putOff > 0 }
          try await Task.sleep(for: .milliseconds(1500))
          try await server.startAgain()
        }
        for _ in 0..<6 {
          group.addTask {
            while let number = answers.next(of: Self.atLeast...Self.atMost) {
              // A provider that has no answer to a bet doesn't go on with it.
              for note in Self.notes(number, token, account) where try await !Self.send(note, pen, bench, answers) { break }
            }
          }
        }
        try await group.waitForAll()
      }
      let bets = answers.begun
      for number in 0..<bets {
        for note in Self.notes(number, token, account) {
          try await eventually("an answer to \(note.transaction)", within: .seconds(30), every: .milliseconds(50)) {
            try await Self.send(note, pen, bench, answers)
          }
        }
      }
      #expect(answers.faults.isEmpty, "\(answers.faults.prefix(3))")
      #expect(answers.putOff > 0)
      // Each bet takes 100; of three, one wins 150, one is rolled back, one is lost.
      let (wins, rollbacks) = ((bets + 2) / 3, (bets + 1) / 3)
      #expect(try await bench.total() == 1_000_000 - bets * 100 + wins * 150 + rollbacks * 100)
      #expect(try await bench.number("SELECT count(*) FROM wallet.wallet_transaction WHERE kind = 'bet'") == bets)
    }
  }

  private static func notes(_ number: Int, _ token: String, _ account: String) -> [ProviderNote] {
    var bet = ProviderNote.bet("b\(number)", 100)
    bet.token = token
    var second: ProviderNote
    switch number % 3 {
    case 0: second = .win("w\(number)", 150, of: "b\(number)")
    case 1: second = .rollback("r\(number)", of: "b\(number)")
    default: second = .win("w\(number)", 0, of: "b\(number)")
    }
    (bet.account, second.account, bet.round, second.round) = (account, account, "round-\(number)", "round-\(number)")
    return [bet, second]
  }

  /// - Returns: whether it was decided.
  @discardableResult
  private static func send(_ note: ProviderNote, _ pen: ProviderPen, _ bench: GameBench, _ answers: AnswerBook) async throws -> Bool {
    let reply = try await bench.callback(pen, note)
    return answers.note(reply, note, pen)
  }

  @Test("a wallet that doesn't answer in time puts callbacks off, within the three seconds that providers wait", arguments: ProviderPen.all)
  func slowWallet(pen: ProviderPen) async throws {
    try await GameBench.run { bench, server in
      try await bench.deposit(1000)
      let (token, account) = try await bench.play(pen)
      _ = try await bench.callback(pen, ProviderNote(operation: "balance", transaction: "q"))
      server.pause()
      defer { server.resume() }
      var bet = ProviderNote.bet("b1", 100)
      (bet.token, bet.account) = (token, account)
      let started = ContinuousClock.now
      let reply = try await bench.callback(pen, bet)
      #expect(ContinuousClock.now - started < .seconds(3))
      #expect(reply.status == 503)
      server.resume()
      try await eventually("an answer", within: .seconds(30)) { try await bench.callback(pen, bet).status == 200 }
      #expect(try await bench.total() == 900)
    }
  }
}
