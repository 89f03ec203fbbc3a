import Foundation
import Kernel
import TestSupport
import Testing

@testable import Wallet

/// The provider `strict` refuses rollbacks of unknown bets and reverses wins; `mg` has no agreement of its own.
@Suite("What a brand and a provider agreed on, through HTTP")
struct WalletAgreementTests {
  private static func bet(_ amount: Int, _ reference: String = "r") -> String {
    #""amount":\#(amount),"currency":"EUR",\#(named(reference))"#
  }

  private static func named(_ reference: String = "r") -> String { #""provider":"strict","reference":"\#(reference)""# }

  @Test("a rollback of an unknown bet is told that there is none, and the late bet is refused all the same")
  func refusedUnknownRollback() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let early = try await bench.command("rollback", Self.named(), key: "back")
      #expect(early.status == 404 && early.reason == "transaction_not_found")
      let again = try await bench.command("rollback", Self.named(), key: "back")
      #expect(again.text == early.text && again.isReplay)
      #expect(
        try await bench.command("rollback", Self.named(), key: "back-again").reason == "transaction_not_found")
      #expect(try await bench.database.psql("SELECT provider, reference, request_id FROM wallet.wallet_tombstone") == "strict|r|back")
      #expect(try await bench.command("authorize", Self.bet(50)).reason == "already_rolled_back")
      #expect(try await bench.balance() == 100)
      #expect(try await bench.database.psql("SELECT string_agg(event_type, ',') FROM wallet.wallet_outbox") == "wallet.deposit")
      #expect(bench.role.metric("wallet_commands_total", ["brand_code": "default", "command": "rollback", "outcome": "refused"]) == 2)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("the tombstone of a refused rollback counts for the commands of the same batch")
  func refusedInBatch() async throws {
    try await WalletBench.run { bench in
      let told = try await bench.together([
        .deposit(amount: 100), .rollback(provider: "strict", reference: "r"),
        .authorize(amount: 50, provider: "strict", reference: "r", round: nil), .rollback(provider: "strict", reference: "r"),
        .authorize(amount: 50, provider: "strict", reference: "s", round: nil),
      ])
      #expect(told.map(\.status) == [201, 404, 409, 404, 201])
      #expect(try await bench.balance() == 50)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("a win that was paid is taken back, the stake returns, and the row says what the win had been")
  func reversal() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      try await bench.command("bonus-grant", #""amount":30,"currency":"EUR","requirement":0"#)
      try await bench.command("authorize", Self.bet(80))
      try await bench.command("settle", Self.bet(250))
      #expect(try await bench.balance() == 300)
      let back = try await bench.command("rollback", Self.named(), key: "back")
      #expect(back.status == 200 && back.state == "rolled_back")
      #expect(try await bench.command("rollback", Self.named(), key: "back").text == back.text)
      #expect(try await bench.balance() == 100)
      #expect(try await bench.balance("bonus") == 30)
      let row = "SELECT state, settled_amount FROM wallet.wallet_transaction WHERE brand_id = 1 AND kind = 'bet'"
      #expect(try await bench.database.psql(row) == "rolled_back|250")
      #expect(try await bench.command("settle", Self.bet(5)).reason == "already_rolled_back")
      #expect(try await bench.command("rollback", Self.named()).reason == "already_rolled_back")
      let account = "SELECT sum(amount) FROM wallet.wallet_ledger WHERE brand_id = 1 AND account = 'provider:strict'"
      #expect(try await bench.database.psql(account) == "0")
      try await bench.expectBalancedBooks()
    }
  }

  @Test("a win that the player has spent can't be taken back")
  func spent() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      try await bench.command("authorize", Self.bet(80))
      try await bench.command("settle", Self.bet(250))
      try await bench.bet(100, reference: "next")
      let back = try await bench.command("rollback", Self.named())
      #expect(back.status == 422 && back.reason == "insufficient_funds")
      #expect(try await bench.balance() == 170)
    }
  }

  @Test("without an agreement a bet wins once and its win stays; with settle_many it wins again")
  func manyWins() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      try await bench.bet(10, reference: "r")
      try await bench.settle(20, reference: "r", key: "first")
      #expect(try await bench.settle(5, reference: "r", key: "second").reason == "already_settled")
      #expect(try await bench.rollback(reference: "r").reason == "already_settled")
      try await bench.activate("wallet_policy", #"{"limits":{},"settle_many":true}"#)
      let more = try await bench.settle(7, reference: "r", key: "third")
      #expect(more.status == 200 && more.text.contains(#""settled_amount":27"#))
      #expect(try await bench.settle(7, reference: "r", key: "third").text == more.text)
      #expect(try await bench.settle(7, reference: "r", key: "fourth").text.contains(#""settled_amount":34"#))
      // Refused before, refused for ever: the key has its answer.
      #expect(try await bench.settle(5, reference: "r", key: "second").reason == "already_settled")
      #expect(try await bench.balance() == 124)
      try await bench.expectBalancedBooks()
    }
  }
}
