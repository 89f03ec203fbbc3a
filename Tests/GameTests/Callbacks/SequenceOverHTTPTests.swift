import Kernel
import TestSupport
import Testing

@testable import Game

@Suite("A sample of the sequences over HTTP")
struct SequenceOverHTTPTests {
  private static let count = 60

  @Test(
    "with real signatures, on a running wallet: balance, bets and answers are the model's after each callback", arguments: ProviderPen.all)
  func sample(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      try await bench.deposit(100_000)
      let (token, account) = try await bench.play(pen)
      let alphabet: [SequenceEvent] = [
        .bet, .otherBet, .win, .otherWin, .rollback, .endRound, .retry, .changedBet, .otherRollback, .lastWin,
      ]
      var model = ModelGame(.of(pen.provider), balance: 100_000)
      var generator = SplitMix(seed: 19)
      var (first, differences): ([String: [UInt8]], [String]) = ([:], [])
      for number in 0..<Self.count {
        var last: ProviderNote?
        for _ in 0..<6 {
          let event = alphabet[Int(generator.next() % UInt64(alphabet.count))]
          guard let note = event.note.map({ Self.numbered($0, number, token, account) }) ?? last else { continue }
          last = note
          let (reply, expected) = (try await bench.callback(pen, note), model.take(note))
          let reading = pen.read(reply.status, reply.body)
          if reading != ProviderReading(status: 200, term: model.dialect.words[expected.word] ?? "", balance: expected.balance) {
            differences.append("\(note): \(reading) instead of \(expected)")
          }
          if let earlier = first.updateValue(reply.body, forKey: "\(note)"), earlier != reply.body {
            differences.append("\(note): other bytes")
          }
        }
      }
      #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(5))")
      #expect(try await bench.total() == model.balance)
      try await expectBets(model, bench)
    }
  }

  private static func numbered(_ note: ProviderNote, _ number: Int, _ token: String, _ account: String) -> ProviderNote {
    var note = note
    note.transaction += "-\(number)"
    note.reference += "-\(number)"
    note.round += "-\(number)"
    (note.token, note.account) = (token, account)
    return note
  }

  private func expectBets(_ model: ModelGame, _ bench: GameBench) async throws {
    let rows = try await bench.database.psql("SELECT reference, state, settled_amount FROM wallet.wallet_transaction WHERE kind = 'bet'")
    let states = Dictionary(
      rows.split(separator: "\n").map { row in
        let cells = row.split(separator: "|").map { String($0) }
        return (cells[0], "\(cells[1]) \(cells[2])")
      }
    ) { $1 }
    let names = ["open": "authorized", "settled": "settled", "cancelled": "rolled_back"]
    #expect(states == model.bets.mapValues { "\(names[$0.state] ?? "") \($0.won)" })
    #expect(
      try await bench.number(
        "SELECT count(*) FROM (SELECT 1 FROM wallet.wallet_ledger GROUP BY brand_id, currency HAVING sum(amount) <> 0) AS u") == 0)
  }
}
