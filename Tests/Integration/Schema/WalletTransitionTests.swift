internal import TestSupport
internal import Testing

// brand-global: test: it tries every step of every state
@Suite("States of wallet transactions", .serialized)
struct WalletTransitionTests {
  private struct Step: Hashable {
    let kind: String
    let from: String
    let to: String
  }

  private static let states = [
    "deposit": ["pending", "approved", "declined"], "withdraw": ["requested", "approved", "paid", "declined"],
    "bet": ["authorized", "settled", "rolled_back"], "adjust": ["applied"],
    "bonus": ["granted", "converted", "completed", "forfeited"], "rebate": ["applied"], "cashback": ["applied"], "lossback": ["applied"],
    "transfer": ["applied"],
  ]
  private static let beginnings: Set = [
    "deposit pending", "deposit approved", "withdraw requested", "bet authorized", "adjust applied", "bonus granted", "rebate applied",
    "cashback applied", "lossback applied", "transfer applied",
  ]
  private static let allowed: Set = [
    Step(kind: "deposit", from: "pending", to: "approved"), Step(kind: "deposit", from: "pending", to: "declined"),
    Step(kind: "withdraw", from: "requested", to: "approved"), Step(kind: "withdraw", from: "requested", to: "declined"),
    Step(kind: "withdraw", from: "approved", to: "paid"), Step(kind: "withdraw", from: "approved", to: "declined"),
    Step(kind: "bet", from: "authorized", to: "settled"), Step(kind: "bet", from: "authorized", to: "rolled_back"),
    Step(kind: "bet", from: "settled", to: "settled"), Step(kind: "bet", from: "settled", to: "rolled_back"),
    Step(kind: "bonus", from: "granted", to: "converted"), Step(kind: "bonus", from: "granted", to: "completed"),
    Step(kind: "bonus", from: "granted", to: "forfeited"),
  ]
  private static let steps = states.flatMap { kind, states in
    states.flatMap { from in states.map { Step(kind: kind, from: from, to: $0) } }
  }

  @Test("each kind begins in its own state only")
  func beginnings() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let pairs = Self.states.flatMap { kind, states in states.map { (kind: kind, state: $0) } }
      let answers = try await probe.answers(to: pairs.map { Self.insert(kind: $0.kind, state: $0.state, tag: "") }, as: .app, brand: .id(1))
      for (pair, answer) in zip(pairs, answers) {
        let begins = Self.beginnings.contains("\(pair.kind) \(pair.state)")
        #expect(answer == (begins ? "accepted 1" : "CB003 wallet_transaction: a \(pair.kind) does not begin as \(pair.state)"))
      }
      let unknown = try await probe.answer(to: Self.insert(kind: "gift", state: "given", tag: ""), as: .app, brand: .id(1))
      #expect(unknown == "CB003 wallet_transaction: a gift does not begin as given")
    }
  }

  @Test("each state is followed by the states of its kind only")
  func transitions() async throws {
    try await SchemaProbe.run { probe in
      // Rows in the middle of their life exist without having lived it when the triggers sleep.
      let rows = Self.steps.map { Self.insert(kind: $0.kind, state: $0.from, tag: Self.tag($0)) }.joined(separator: ";")
      try await probe.database.psql(TwoBrandRows.sql + "SET session_replication_role = replica;" + rows)
      let updates = Self.steps.map { "UPDATE wallet.wallet_transaction SET state = '\($0.to)' WHERE reason = '\(Self.tag($0))'" }
      let answers = try await probe.answers(to: updates, as: .app, brand: .id(1))
      for (step, answer) in zip(Self.steps, answers) {
        let refusal = "CB003 wallet_transaction: a \(step.kind) that is \(step.from) does not become \(step.to)"
        #expect(answer == (Self.allowed.contains(step) ? "accepted 1" : refusal))
      }
    }
  }

  private static let forbiddenChanges = [
    "amount = amount + 1", "currency = 'USD'", "player_id = 8", "kind = 'withdraw', state = 'requested'", "request_id = 'other'",
    "provider = 'mg', reference = 'other'", "requirement = 1", "created_at = created_at - interval '1 day'", "brand_id = 3",
  ]

  @Test("what a transaction is about never changes")
  func immutable() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + Self.insert(kind: "bet", state: "authorized", tag: "bet"))
      let updates = Self.forbiddenChanges.map { "UPDATE wallet.wallet_transaction SET \($0) WHERE reason = 'bet'" }
      let answers = try await probe.answers(to: updates, as: .superuser)
      let refusal = "CB003 wallet_transaction: only state, settled_amount and reason may change"
      for (update, answer) in zip(updates, answers) { #expect(answer == refusal, "\(update)") }
      #expect(answers.count == updates.count)
    }
  }

  @Test("what a bet has won grows and never shrinks, also when it is rolled back, and a bet that isn't settled has won nothing")
  func winnings() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + Self.insert(kind: "bet", state: "authorized", tag: "bet"))
      let win = { (amount: Int, state: String) in
        "UPDATE wallet.wallet_transaction SET settled_amount = \(amount), state = '\(state)' WHERE reason = 'bet'"
      }
      let answers = try await probe.answers(
        to: [
          win(5, "rolled_back"), win(5, "settled"), win(9, "settled"), win(8, "settled"), win(0, "rolled_back"), win(10, "rolled_back"),
          win(9, "rolled_back"),
        ], as: .app, brand: .id(1))
      #expect(answers[1] == "accepted 1" && answers[2] == "accepted 1" && answers[6] == "accepted 1")
      #expect(answers[3] == "CB003 wallet_transaction: settled_amount never shrinks" && answers[4] == answers[3])
      #expect(answers[0] == "CB003 wallet_transaction: a rollback wins nothing" && answers[5] == answers[0])
    }
  }

  @Test("a bonus says what it asks for, nothing else does, and it moves no more than was granted")
  func bonuses() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql + Self.insert(kind: "bonus", state: "granted", tag: "bonus"))
      let begin = { (kind: String, state: String, requirement: String) in
        Self.insert(kind: kind, state: state, tag: "", requirement: requirement)
      }
      let beginnings = try await probe.answers(
        to: [begin("bonus", "granted", "NULL"), begin("bonus", "granted", "-1"), begin("deposit", "pending", "0")], as: .app, brand: .id(1))
      #expect(beginnings.allSatisfy { $0.hasPrefix("23514 ") }, "\(beginnings)")
      let close = { (amount: Int) in
        "UPDATE wallet.wallet_transaction SET state = 'converted', settled_amount = \(amount) WHERE reason = 'bonus'"
      }
      let answers = try await probe.answers(to: [close(6), close(5)], as: .app, brand: .id(1))
      #expect(answers[0].hasPrefix("23514 ") && answers[1] == "accepted 1")
    }
  }

  @Test("a provider's reference is one bet in a brand, and another one in another brand")
  func references() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      let bet = { (brand: Int) in
        """
        INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, provider,
          reference, request_id)
        VALUES (\(brand), gen_random_uuid(), 'bet', 'authorized', 7, 'EUR', 5, 'mg', 'b-1', 'request')
        """
      }
      let first = try await probe.answers(to: [bet(1), bet(1)], as: .app, brand: .id(1))
      #expect(first[0] == "accepted 1" && first[1].hasPrefix("23505 "))
      #expect(try await probe.answer(to: bet(2), as: .app, brand: .id(2)) == "accepted 1")
    }
  }

  private static func tag(_ step: Step) -> String { "\(step.kind) \(step.from) \(step.to)" }

  private static func insert(kind: String, state: String, tag: String, requirement: String? = nil) -> String {
    """
    INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, request_id, reason,
      requirement)
    VALUES (1, gen_random_uuid(), '\(kind)', '\(state)', 7, 'EUR', 5, 'request', '\(tag)',
      \(requirement ?? (kind == "bonus" ? "0" : "NULL")))
    """
  }
}
