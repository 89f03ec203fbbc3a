import Foundation
import Testing

@testable import Game

@Suite("Callbacks in every order, doubled and lost")
struct SequenceTests {
  /// One deeper walks through 137,256 sequences for each provider, some minutes.
  private static let depth = ProcessInfo.processInfo.environment["CORDON_CALLBACK_DEPTH"].flatMap { Int($0) } ?? 5

  @Test(
    "balances, bets and answers are the model's after every sequence of bets, wins, rollbacks, ends of rounds and repetitions",
    arguments: ProviderPen.all)
  func everyOrder(pen: ProviderPen) async throws {
    var run = SequenceRun(try MemoryGame(pen), alphabet: [.bet, .otherBet, .win, .otherWin, .rollback, .endRound, .retry])
    await run.walk(depth: Self.depth)
    var generator = SplitMix(seed: 2611)
    for _ in 0..<1500 { await run.play((0..<6).map { _ in run.alphabet[Int(generator.next() % UInt64(run.alphabet.count))] }) }
    #expect(run.differences.isEmpty, "\(run.differences.count): \(run.differences.prefix(5))")
    #expect(run.sequences >= 20_000)
  }

  @Test(
    "an ended session stops bets alone, an id that changed its meaning stops itself, and a round that ended takes nothing more",
    arguments: ProviderPen.all)
  func endings(pen: ProviderPen) async throws {
    var run = SequenceRun(
      try MemoryGame(pen), alphabet: [.bet, .changedBet, .lastWin, .otherRollback, .rollback, .hugeBet, .sessionEnds, .retry])
    await run.walk(depth: 4)
    #expect(run.differences.isEmpty, "\(run.differences.count): \(run.differences.prefix(5))")
  }
}
