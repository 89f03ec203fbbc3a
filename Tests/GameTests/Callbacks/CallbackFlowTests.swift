import Foundation
import Kernel
import TestSupport
import Testing

@testable import Game

@Suite("Callbacks over HTTP, on a running wallet")
struct CallbackFlowTests {
  @Test(
    "a session plays: authentication, bet, win, rollback, promotional win, end of the round; each answer has the balance (S0-GAME-19)",
    arguments: ProviderPen.all)
  func session(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      try await bench.deposit(1000)
      let dialect = ModelDialect.of(pen.provider)
      let (token, account) = try await bench.play(pen)
      #expect(account == "default_alice")
      func say(_ note: ProviderNote) async throws -> ProviderReading {
        var note = note
        (note.account, note.token) = (account, token)
        let reply = try await bench.callback(pen, note)
        return pen.read(reply.status, reply.body)
      }
      let ok = dialect.words["ok"] ?? ""
      if pen.provider != "bti" {
        #expect(
          try await say(ProviderNote(operation: "authenticate", transaction: "a1")) == ProviderReading(status: 200, term: ok, balance: 1000)
        )
      }
      #expect(try await say(ProviderNote(operation: "balance", transaction: "q1")) == ProviderReading(status: 200, term: ok, balance: 1000))
      #expect(try await say(.bet("b1", 300)) == ProviderReading(status: 200, term: ok, balance: 700))
      #expect(try await say(.bet("b1", 300)) == ProviderReading(status: 200, term: ok, balance: 700))
      #expect(try await say(.win("w1", 500)) == ProviderReading(status: 200, term: ok, balance: 1200))
      var other = ProviderNote.bet("b2", 200)
      other.round = "round-2"
      #expect(try await say(other) == ProviderReading(status: 200, term: ok, balance: 1000))
      #expect(try await say(.rollback("r2", of: "b2")) == ProviderReading(status: 200, term: ok, balance: 1200))
      #expect(
        try await say(ProviderNote(operation: "promo_win", transaction: "p1", amount: 25))
          == ProviderReading(status: 200, term: ok, balance: 1225))
      #expect(try await say(.endRound("e1")) == ProviderReading(status: 200, term: ok, balance: nil))
      var huge = ProviderNote.bet("b3", 99_999)
      huge.round = "round-3"
      #expect(try await say(huge) == ProviderReading(status: 200, term: dialect.words["poor"] ?? "", balance: 1225))
      #expect(try await bench.total() == 1225)
      // Each line says whose the callback was.
      let lines = bench.role.logs.lines(
        with: #""event":"callback""#, #""brand_id":1"#, #""brand_code":"default""#, #""provider":"\#(pen.provider)""#,
        #""operation":"bet""#,
        #""request_id":""#)
      #expect(lines.count == 4)
    }
  }

  @Test(
    "the first answer comes again byte for byte, also when the balance has moved on and the session has ended", arguments: ProviderPen.all)
  func firstAnswer(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      try await bench.deposit(1000)
      let (token, account) = try await bench.play(pen)
      var (bet, poor) = (ProviderNote.bet("b1", 300), ProviderNote.bet("b2", 5000))
      (bet.token, bet.account, poor.token, poor.account, poor.round) = (token, account, token, account, "round-2")
      let (first, refused) = (try await bench.callback(pen, bet), try await bench.callback(pen, poor))
      #expect(pen.read(refused.status, refused.body).balance == 700)
      try await bench.deposit(9000)
      // brand-global: test: every session of the bench
      try await bench.database.psql("UPDATE cordon.game_session SET ended_at = now()")
      #expect(try await bench.callback(pen, bet).body == first.body)
      #expect(try await bench.callback(pen, poor).body == refused.body)
      #expect(try await bench.total() == 9700)
    }
  }

  @Test(
    "a bet needs a living session of its player, brand and provider; a win, a rollback and the end of a round never do",
    arguments: ProviderPen.all)
  func sessions(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      try await bench.deposit(1000)
      let dialect = ModelDialect.of(pen.provider)
      let (token, account) = try await bench.play(pen)
      let elsewhere = try await bench.play(ProviderPen(provider: pen.provider == "mg" ? "wc" : "mg")).token
      let somebody = try await bench.play(pen, player: 2).token
      var bet = ProviderNote.bet("b1", 300)
      (bet.token, bet.account) = (token, account)
      _ = try await bench.callback(pen, bet)
      for (index, wrong) in [elsewhere, somebody, "1.nothing", "nothing", "2.\(token.dropFirst(2))"].enumerated() {
        var other = ProviderNote.bet("x\(index)", 10)
        (other.token, other.account, other.round) = (wrong, account, "round-x\(index)")
        let reply = try await bench.callback(pen, other)
        #expect(pen.read(reply.status, reply.body).term == dialect.words["expired"])
      }
      // brand-global: test: every session of the bench
      try await bench.database.psql("UPDATE cordon.game_session SET expires_at = now() - interval '1 second'")
      let late = try await bench.callback(pen, .win("w1", 500))
      #expect(pen.read(late.status, late.body) == ProviderReading(status: 200, term: dialect.words["ok"] ?? "", balance: 1200))
      let end = try await bench.callback(pen, .endRound("e1"))
      #expect(pen.read(end.status, end.body).term == dialect.words["ok"])
      let back = try await bench.callback(pen, .rollback("r1", of: "never"))
      #expect(pen.read(back.status, back.body).term == dialect.words[dialect.unknownRollbackIsFine ? "ok" : "absent"])
      #expect(try await bench.total() == 1200)
    }
  }

  @Test("a batch answers each of its callbacks, and the same again when it comes again", arguments: ["mg", "wc"])
  func batch(provider: String) async throws {
    try await GameBench.run { bench in
      let pen = ProviderPen(provider: provider)
      try await bench.deposit(1000)
      let (token, account) = try await bench.play(pen)
      let body = Array(
        (provider == "mg"
          ? #"""
          {"request_uuid":"q","transactions":[
          {"type":"bet","user":"\#(account)","token":"\#(token)","transaction_uuid":"b1","round":"1","amount":300,"currency":"EUR"},
          {"type":"win","user":"\#(account)","transaction_uuid":"w1","reference_transaction_uuid":"b1","round":"1","amount":50,"currency":"EUR"}]}
          """#
          : #"""
          {"requestId":"q","items":[
          {"path":"transaction/bet","player":{"id":"\#(account)","sessionToken":"\#(token)"},"round":{"id":"1"},
          "transaction":{"id":"b1","amount":300000,"currency":"EUR"}},
          {"path":"transaction/win","player":{"id":"\#(account)"},"round":{"id":"1","closed":true},
          "transaction":{"id":"w1","amount":50000,"currency":"EUR"}}]}
          """#).utf8)
      let path = "/callbacks/\(provider)/\(pen.path(of: "batch"))"
      let first = try await bench.post(path, body, [pen.signatureHeader: pen.signature(of: body)])
      #expect(first.status == 200)
      #expect(first.text.contains(provider == "mg" ? #""balance":700"# : #""balance":700000"#))
      #expect(first.text.contains(provider == "mg" ? #""balance":750"# : #""balance":750000"#))
      #expect(try await bench.post(path, body, [pen.signatureHeader: pen.signature(of: body)]).body == first.body)
      #expect(try await bench.total() == 750)
    }
  }

  @Test("twenty twins at once are one bet with one answer", arguments: ProviderPen.all)
  func twins(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      try await bench.deposit(1000)
      let (token, account) = try await bench.play(pen)
      var bet = ProviderNote.bet("b1", 300)
      (bet.token, bet.account) = (token, account)
      let answers = try await withThrowingTaskGroup(of: [UInt8].self) { group in
        for _ in 0..<20 { group.addTask { [bet] in try await bench.callback(pen, bet).body } }
        return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
      }
      #expect(answers.count == 1)
      #expect(try await bench.total() == 700)
    }
  }
}
