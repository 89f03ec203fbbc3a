import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Money moves on each brand by itself, through HTTP")
struct WalletFlowTests {
  @Test(
    "S0-WAL-27 S0-WAL-28 S0-WAL-06 S0-WAL-07 deposit, bet, win and withdraw on each brand write that brand's ledger alone",
    arguments: [1, 2])
  func wholeFlow(brand: Int) async throws {
    try await WalletBench.run { bench in
      let other = brand == 1 ? 2 : 1
      let before = try await bench.books(of: other)
      #expect(try await bench.deposit(1_000, brand: brand).status == 201)
      #expect(try await bench.bet(400, reference: "a", brand: brand).status == 201)
      let won = try await bench.settle(650, reference: "a", brand: brand)
      #expect(won.status == 200)
      #expect(won.state == "settled")
      let requested = try await bench.send(
        "/internal/wallet/withdraw-request", as: .gateway, brand: "\(brand)", key: "w1",
        body: #"{"player_id":1,"amount":1250,"currency":"\#(WalletBench.currency(brand))"}"#)
      #expect(requested.status == 201)
      #expect(try await bench.balance(brand: brand) == 0)
      for step in ["withdraw-approve", "withdraw-pay"] {
        let answer = try await bench.send(
          "/internal/wallet/\(step)", as: .admin, brand: "\(brand)", key: step,
          body: #"{"player_id":1,"transaction_id":"\#(try requested.transactionID)"}"#)
        #expect(answer.status == 200)
      }
      let accounts = try await bench.database.psql(
        "SELECT account, sum(amount) FROM wallet.wallet_ledger WHERE brand_id = \(brand) GROUP BY 1 ORDER BY 1")
      #expect(
        accounts.split(separator: "\n") == ["cash|0", "deposits|-1000", "provider:mg|-250", "withdrawals|1250", "withdrawals_held|0"])
      let brands = try await bench.database.psql(
        "SELECT DISTINCT brand_id FROM wallet.wallet_ledger WHERE request_id IN ('bet-a', 'win-a', 'w1')")
      #expect(brands.trimmingCharacters(in: .whitespacesAndNewlines) == "\(brand)")
      #expect(try await bench.books(of: other) == before)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("S0-WAL-25 the same player number on two brands is two wallets")
  func sameNumber() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(700, brand: 1)
      let second = try await bench.get("/internal/wallet/players/1/balances", brand: "2")
      #expect(second.integer("total") == 0)
      #expect(second.text("currency") == "USD")
      let first = try await bench.get("/internal/wallet/players/1/balances", brand: "1")
      #expect(first.integer("total") == 700)
    }
  }

  @Test("A late bet after its rollback is refused, and stays refused")
  func tombstone() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let early = try await bench.rollback(reference: "late")
      #expect(early.status == 200)
      #expect(early.text.contains(#""tombstone":true"#))
      let late = try await bench.bet(50, reference: "late")
      #expect(late.status == 409)
      #expect(late.reason == "already_rolled_back")
      #expect(try await bench.balance() == 100)
    }
  }

  @Test("A declined withdrawal and a rolled back bet return the money to the buckets that gave it")
  func returns() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let bonus = try await bench.send(
        "/internal/wallet/adjust", as: .admin, key: "gift",
        body: #"{"player_id":1,"bucket":"bonus","amount":30,"currency":"EUR","reason":"a gift"}"#)
      #expect(bonus.status == 201)
      try await bench.bet(80, reference: "x")
      #expect(try await bench.balance("bonus") == 0)
      #expect(try await bench.balance() == 50)
      #expect(try await bench.rollback(reference: "x").status == 200)
      #expect(try await bench.balance("bonus") == 30)
      #expect(try await bench.balance() == 100)
      let request = try await bench.send(
        "/internal/wallet/withdraw-request", as: .gateway, key: "w", body: #"{"player_id":1,"amount":100,"currency":"EUR"}"#)
      let declined = try await bench.send(
        "/internal/wallet/withdraw-decline", as: .admin, key: "d",
        body: #"{"player_id":1,"transaction_id":"\#(try request.transactionID)"}"#)
      #expect(declined.state == "declined")
      #expect(try await bench.balance() == 100)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("Every refusal of the rules reaches the caller as its documented reason and moves nothing")
  func refusals() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let before = try await bench.balance()
      #expect(try await bench.bet(101, reference: "1").reason == "insufficient_funds")
      #expect(try await bench.bet(100_001, reference: "2").reason == "limit_exceeded")
      #expect(try await bench.settle(5, reference: "none").reason == "transaction_not_found")
      #expect(try await bench.bet(10, reference: "3", player: 99).reason == "player_not_found")
      let foreign = try await bench.send(
        "/internal/wallet/deposit", as: .admin, key: "usd", body: #"{"player_id":1,"amount":5,"currency":"USD"}"#)
      #expect(foreign.reason == "currency_mismatch")
      #expect(try await bench.balance() == before)
    }
  }
}
