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
    unbalanced: [], differences: [], crossed: [])

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
      $0.balances[0].amount += 300
      $0.accounts[1].amount -= 300
    }
    #expect(closedTwice == ["bet mg/b: taken 1, closed 2, tombstones 0"])
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
