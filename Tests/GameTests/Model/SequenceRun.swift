import Synchronization
import Testing
import Wallet

@testable import Game

/// Walks through sequences of callbacks, and compares after each one what the program and the model say. Sequences that begin alike share their
/// beginning: the world is set back to where they part.
struct SequenceRun {
  let game: MemoryGame
  let alphabet: [SequenceEvent]
  private(set) var sequences = 0
  private(set) var differences: [String] = []
  private var first: [String: [UInt8]] = [:]

  init(_ game: MemoryGame, alphabet: [SequenceEvent]) {
    self.game = game
    self.alphabet = alphabet
  }

  /// Every sequence of up to `depth` events.
  mutating func walk(depth: Int) async {
    let model = ModelGame(.of(game.pen.provider), balance: Int(game.wallet.total))
    await walk(depth, model, path: [], last: nil)
  }

  private mutating func walk(_ depth: Int, _ model: ModelGame, path: [SequenceEvent], last: ProviderNote?) async {
    guard depth > 0 else { return }
    let (mark, firstAnswers) = (game.mark, first)
    for event in alphabet {
      var model = model
      let sent = await step(event, &model, path + [event], last)
      sequences += 1
      await walk(depth - 1, model, path: path + [event], last: sent)
      game.setBack(to: mark)
      first = firstAnswers
    }
  }

  /// One sequence from the beginning, which is then set back to.
  mutating func play(_ events: [SequenceEvent]) async {
    let (mark, firstAnswers) = (game.mark, first)
    var model = ModelGame(.of(game.pen.provider), balance: Int(game.wallet.total))
    var last: ProviderNote?
    for (index, event) in events.enumerated() { last = await step(event, &model, Array(events.prefix(index + 1)), last) }
    sequences += 1
    game.setBack(to: mark)
    first = firstAnswers
  }

  private mutating func step(
    _ event: SequenceEvent, _ model: inout ModelGame, _ path: [SequenceEvent], _ last: ProviderNote?
  ) async -> ProviderNote? {
    if event == .sessionEnds {
      model.isPlaying = false
      game.book.state.withLock { $0.tokens = [] }
      return last
    }
    guard let note = event.note ?? last else { return nil }
    let reply = await game.send(note)
    compare(reply, model.take(note), note, model, path)
    return note
  }

  private mutating func compare(
    _ reply: CallbackReply, _ expected: ModelGame.Answer, _ note: ProviderNote, _ model: ModelGame, _ path: [SequenceEvent]
  ) {
    let reading = game.pen.read(reply.status, reply.body)
    let name = path.map(\.rawValue).joined(separator: ", ")
    if reading.term != model.dialect.words[expected.word] || reading.balance != expected.balance || reading.status != 200 {
      differences.append("\(name): \(reading) instead of \(expected)")
    }
    if game.wallet.total != model.balance { differences.append("\(name): \(game.wallet.total) in the wallet instead of \(model.balance)") }
    compareBets(model, name)
    // The same callback, first and last, has the same bytes.
    let key = "\(note)"
    if let earlier = first[key], earlier != reply.body { differences.append("\(name): the answer's bytes changed") }
    first[key] = reply.body
  }

  private mutating func compareBets(_ model: ModelGame, _ path: String) {
    let states = game.wallet.state.withLock { state in
      Dictionary(state.bets.map { ($0.key.split(separator: " ").last.map(String.init) ?? "", $0.value.state.rawValue) }) { $1 }
    }
    let names = ["open": "authorized", "settled": "settled", "cancelled": "rolled_back"]
    let expected = model.bets.compactMapValues { names[$0.state] }
    if states != expected { differences.append("\(path): bets are \(states) instead of \(expected)") }
  }
}
