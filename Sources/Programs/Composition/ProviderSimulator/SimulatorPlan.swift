/// What happens in one session: a value of provider, seed and number of the session, and of nothing else.
struct SimulatorPlan: Hashable, Sendable {
  let steps: [SimulatorStep]

  init(_ provider: SimulatedProvider, seed: UInt64, session: Int) {
    var planner = Planner(provider: provider, random: SimulatorRandom(seed: seed, stream: UInt64(session)))
    steps = planner.steps()
  }

  var text: String { steps.map(\.description).joined(separator: "\n") }

  private struct Planner {
    /// Above this no player of the simulator has money, and below it the limits of a seeded brand are.
    private static let hugeAmount: Int64 = 9_000_000

    let provider: SimulatedProvider
    var random: SimulatorRandom

    /// Two rounds go on at a time; some callbacks come late.
    mutating func steps() -> [SimulatorStep] {
      var rounds = (1...(3 + random.below(3))).map { round($0) }
      var notes: [SimulatorNote] = []
      while !rounds.isEmpty {
        let index = random.below(min(2, rounds.count))
        notes.append(rounds[index].removeFirst())
        if rounds[index].isEmpty { rounds.remove(at: index) }
      }
      for index in notes.indices where random.happens(8) {
        let note = notes.remove(at: index)
        notes.insert(note, at: min(index + 1 + random.below(3), notes.count))
      }
      return deliveries(of: notes)
    }

    // MARK: Rounds

    private mutating func round(_ number: Int) -> [SimulatorNote] {
      let name = "round\(number)"
      var notes = [bet("b\(number)", name)]
      if random.happens(20) { notes.append(bet("b\(number)x", name)) }
      if random.happens(10) { notes.append(changed(notes[0])) }
      if random.happens(50) { notes.append(win("w\(number)", number)) }
      if random.happens(15) { notes.append(win("w\(number)x", number)) }
      if random.happens(30) { notes.append(rollback("r\(number)", number)) }
      if random.happens(10) { notes.append(rollback("r\(number)x", number)) }
      if random.happens(80) { notes.append(SimulatorNote(operation: .endRound, transaction: "e\(number)", round: name, closesRound: true)) }
      for note in extras(number) { notes.insert(note, at: random.below(notes.count + 1)) }
      if random.happens(25) { random.shuffle(&notes) }
      return notes
    }

    private mutating func extras(_ number: Int) -> [SimulatorNote] {
      var notes: [SimulatorNote] = []
      if random.happens(15) {
        notes.append(SimulatorNote(operation: .promoWin, transaction: "p\(number)", amount: Int64(1 + random.below(5_000))))
      }
      if random.happens(20) { notes.append(SimulatorNote(operation: .balance, transaction: "q\(number)")) }
      var odd = bet("o\(number)", "odd\(number)")
      if random.happens(8) {
        odd.amount = Self.hugeAmount
        notes.append(odd)
      } else if random.happens(8) {
        odd.hasForeignToken = true
        notes.append(odd)
      } else if random.happens(8) {
        odd.hasOtherCurrency = true
        notes.append(odd)
      }
      return notes
    }

    private mutating func bet(_ name: String, _ round: String) -> SimulatorNote {
      SimulatorNote(operation: .bet, transaction: name, round: round, amount: Int64(1 + random.below(50_000)))
    }

    private func changed(_ bet: SimulatorNote) -> SimulatorNote {
      var bet = bet
      bet.amount += 1
      return bet
    }

    /// One in four wins is of nothing: the bet is lost.
    private mutating func win(_ name: String, _ number: Int) -> SimulatorNote {
      SimulatorNote(
        operation: .win, transaction: name, reference: "b\(number)", round: "round\(number)",
        closesRound: provider.tracksRounds && random.happens(30), amount: random.happens(25) ? 0 : Int64(random.below(100_000)))
    }

    private func rollback(_ name: String, _ number: Int) -> SimulatorNote {
      SimulatorNote(operation: .rollback, transaction: name, reference: "b\(number)")
    }

    // MARK: The way

    private mutating func deliveries(of notes: [SimulatorNote]) -> [SimulatorStep] {
      var (steps, rest): ([SimulatorStep], ArraySlice<SimulatorNote>) = ([], notes[...])
      var again: [(after: Int, notes: [SimulatorNote])] = []
      while !rest.isEmpty {
        let group = group(rest)
        rest = rest.dropFirst(group.count)
        if group.count == 1, random.happens(6) { steps.append(SimulatorStep(notes: group, fate: .forged)) }
        let fate = fate()
        steps.append(SimulatorStep(notes: group, fate: fate))
        if fate == .replyLost || random.happens(8) { again.append((steps.count + random.below(5), group)) }
        for index in again.indices.reversed() where again[index].after <= steps.count {
          steps.append(SimulatorStep(notes: again.remove(at: index).notes, fate: .answered))
        }
      }
      return steps + again.map { SimulatorStep(notes: $0.notes, fate: .answered) }
    }

    private mutating func group(_ rest: ArraySlice<SimulatorNote>) -> [SimulatorNote] {
      guard provider.hasBatches, random.happens(10) else { return Array(rest.prefix(1)) }
      let group = rest.prefix(2 + random.below(3)).prefix { $0.operation.hasTransaction }
      return Array(group.count > 1 ? group : rest.prefix(1))
    }

    private mutating func fate() -> SimulatorFate {
      switch random.below(100) {
      case ..<62: .answered
      case ..<71: .duplicated
      case ..<79: .twins
      case ..<88: .replyLost
      case ..<94: .cut
      default: .truncated
      }
    }
  }
}
