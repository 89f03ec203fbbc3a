import Testing

/// The checker itself: it passes a true record and flags each planted fault.
@Suite("Torture checker")
struct TortureCheckerTests {
  private static func record(_ kind: TortureIntent.Kind, _ key: String, _ amount: Int64, status: Int = 201, body: String? = nil)
    -> TortureRecord
  {
    var record = TortureRecord(TortureIntent(brand: 1, key: key, kind: kind, player: 7, amount: amount))
    record.answers = [TortureReply(status: status, body: body ?? "{\"of\":\"\(key)\"}", reason: status < 400 ? nil : "insufficient_funds")]
    return record
  }

  private static func row(_ key: String, _ moved: Int64, status: Int = 201) -> TortureLedger.Command {
    TortureLedger.Command(
      brand: 1, key: key, player: 7, status: status, body: "{\"of\":\"\(key)\"}", moved: moved, postings: moved == 0 ? 0 : 2)
  }

  private static let records = [
    record(.deposit, "d", 1_000), record(.bet(reference: "mg/b"), "b", 300), record(.settle(reference: "mg/b"), "s", 500, status: 200),
    record(.withdrawRequest, "w", 9_000, status: 422),
  ]

  private static let ledger = TortureLedger(
    commands: [row("d", 1_000), row("b", -300), row("s", 500, status: 200), row("w", 0, status: 422)],
    balances: [.init(brand: 1, player: 7, amount: 1_200)],
    accounts: [.init(brand: 1, name: "deposits", amount: -1_000), .init(brand: 1, name: "provider:mg", amount: -200)],
    unbalanced: [], differences: [], crossed: [], entries: entries,
    heads: [.init(brand: 1, seq: 6, hash: hash(6)), .init(brand: 2, seq: 0, hash: hash(0))],
    events: ["d", "b", "s"].map { .init(brand: 1, key: $0) })

  /// Two entries of each accepted command.
  private static let entries = ["d", "d", "b", "b", "s", "s"].enumerated().map { index, key in
    TortureLedger.Entry(
      brand: 1, seq: Int64(index) + 1, key: key, previous: hash(index), hash: hash(index + 1), isHashed: true)
  }

  private static func hash(_ number: Int) -> String { String(repeating: "\(number)", count: 64) }

  private func findings(
    _ records: [TortureRecord] = records, allowsUnanswered: Bool = false, _ doctor: (inout TortureLedger) -> Void = { _ in }
  ) -> [String] {
    var ledger = Self.ledger
    doctor(&ledger)
    return TortureChecker(records: records, ledger: ledger, allowsUnanswered: allowsUnanswered).findings()
  }

  @Test("a true record has no findings") func sound() { #expect(findings() == []) }

  @Test("an acknowledged command that the ledger lost is found")
  func lostAcknowledgement() {
    #expect(findings { $0.commands.removeFirst() }.contains("d was answered 201 and is not in wallet_command"))
    // Also when the money was taken back with it, so that all sums of the ledger match each other.
    #expect(
      !findings {
        $0.commands.removeFirst()
        $0.balances[0].amount -= 1_000
        $0.accounts[0].amount += 1_000
      }.isEmpty)
  }

  @Test("a command that was applied twice is found, under its key and under another")
  func appliedTwice() {
    #expect(findings { $0.commands[0].moved = 2_000 }.contains("d moved 2000, not 1000"))
    #expect(findings { $0.commands.append(Self.row("d", 1_000)) }.contains("d stands 2 times in brand 1"))
    let other = findings {
      $0.commands.append(Self.row("d-again", 1_000))
      $0.balances[0].amount += 1_000
    }
    #expect(other.contains("d-again in brand 1 is a command that no client sent there (player 7)"))
  }

  @Test("another body, a moved balance, a posting of a refused command, and a row under the other brand are found")
  func otherFaults() {
    #expect(!findings { $0.commands[1].body = "{}" }.isEmpty)
    #expect(!findings { $0.balances[0].amount += 1 }.isEmpty)
    #expect(!findings { $0.accounts[1].amount -= 1 }.isEmpty)
    #expect(!findings { $0.commands[3].postings = 2 }.isEmpty)
    #expect(!findings { $0.balances.append(.init(brand: 2, player: 7, amount: 5)) }.isEmpty)
    #expect(!findings { $0.unbalanced = ["1|d|EUR|5"] }.isEmpty)
    #expect(!findings { $0.differences = ["1|7|cash"] }.isEmpty)
  }

  @Test("two different answers to one key, an unanswered command, and a bet that is closed twice are found")
  func faultsOfAnswers() {
    var records = Self.records
    records[0].answers.append(TortureReply(status: 201, body: "{}", reason: nil))
    #expect(findings(records).contains("d got 2 different answers"))
    records = Self.records
    records[0].answers = []
    #expect(findings(records).contains("d was never answered"))
    #expect(findings(records, allowsUnanswered: true) == [])
    records = Self.records + [Self.record(.rollback(reference: "mg/b"), "r", 300, status: 200)]
    let closedTwice = findings(records) {
      $0.commands.append(Self.row("r", 300, status: 200))
      $0.events.append(.init(brand: 1, key: "r"))
      $0.balances[0].amount += 300
      $0.accounts[1].amount -= 300
    }
    #expect(closedTwice == ["bet mg/b: taken 1, closed 2, tombstones 0"])
  }

  @Test(
    "a broken link of a chain, a gap, a changed entry, a head that isn't the last entry, and an entry in the other brand's chain are found")
  func brokenChains() {
    #expect(findings { $0.entries[2].previous = Self.hash(9) } == ["chain of brand 1: entry 3 doesn't link to the one before it"])
    #expect(findings { $0.entries[3].isHashed = false } == ["chain of brand 1: entry 4 isn't what its row_hash says"])
    #expect(!findings { $0.entries.remove(at: 2) }.isEmpty)
    #expect(findings { $0.entries.removeLast() } == ["chain of brand 1: its head is 6, the last entry 5"])
    #expect(findings { $0.heads[0].hash = Self.hash(5) } == ["chain of brand 1: its head is 6, the last entry 6"])
    #expect(findings { $0.heads[1].seq = 3 } == ["chain of brand 2: its head is 3, and it has no entries"])
    let moved = findings {
      $0.entries[5].brand = 2
      $0.entries[5].seq = 1
      $0.entries[5].previous = Self.hash(0)
      $0.heads = [.init(brand: 1, seq: 5, hash: Self.hash(5)), .init(brand: 2, seq: 1, hash: Self.hash(6))]
    }
    #expect(moved == ["entry 1 of brand 2 is of s, which the brand doesn't have"])
  }

  @Test("a lost event, one that was written twice, one of a refused command, and one under the other brand are found")
  func faultsOfEvents() {
    #expect(findings { $0.events.removeLast() } == ["s was accepted and has 0 events"])
    #expect(findings { $0.events.append(.init(brand: 1, key: "d")) } == ["d was accepted and has 2 events"])
    #expect(findings { $0.events.append(.init(brand: 1, key: "w")) } == ["w of brand 1 has an event and wasn't accepted"])
    #expect(findings { $0.events[2] = .init(brand: 2, key: "s") }.count == 2)
  }

  @Test("an accepted probe is found")
  func probes() {
    var probe = TortureRecord(TortureIntent(brand: 2, key: "d", kind: .crossed, player: 7, amount: 500))
    probe.answers = [TortureReply(status: 403, body: "{}", reason: "cross_brand_rejected")]
    #expect(findings(Self.records + [probe]) == [])
    probe.answers = [TortureReply(status: 201, body: "{}", reason: nil)]
    #expect(!findings(Self.records + [probe]).isEmpty)
  }
}
