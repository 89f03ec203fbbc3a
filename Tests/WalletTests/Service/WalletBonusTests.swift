import Foundation
import Kernel
import TestSupport
import Testing

@testable import Wallet

@Suite("Bonuses are granted and closed, through HTTP")
struct WalletBonusTests {
  private static let grant = #""amount":300,"currency":"EUR","requirement":3000"#

  private static func named(_ call: WalletCall) throws -> String { #""transaction_id":"\#(try call.transactionID)""# }

  @Test(
    "S0-WAL-27 a bonus is bet in part and then closed: what is left moves to where the command sends it",
    arguments: [("bonus-convert", "converted"), ("rolling-complete", "completed"), ("bonus-forfeit", "forfeited")])
  func closing(path: String, state: String) async throws {
    try await WalletBench.run { bench in
      let granted = try await bench.command("bonus-grant", Self.grant, key: "grant")
      #expect(granted.status == 201 && granted.state == "granted")
      #expect(granted.text.contains(#""requirement":3000"#) && !granted.text.contains("settled_amount"))
      #expect(try await bench.command("bonus-grant", Self.grant, key: "grant").text == granted.text)
      #expect(try await bench.balance("bonus") == 300)
      #expect(try await bench.bet(100, reference: "r").status == 201)

      let other = try await bench.books(of: 2)
      let closed = try await bench.command(path, try Self.named(granted), key: "close")
      #expect(closed.status == 200 && closed.state == state)
      #expect(closed.text.contains(#""settled_amount":200"#) && closed.text.contains(#""requirement":3000"#))
      #expect(try await bench.balance("bonus") == 0)
      #expect(try await bench.balance() == (state == "forfeited" ? 0 : 200))
      #expect(try await bench.command(path, try Self.named(granted), key: "close").isReplay)
      for path in ["bonus-convert", "rolling-complete", "bonus-forfeit"] {
        #expect(try await bench.command(path, try Self.named(granted)).reason == "transaction_closed")
      }
      let read = try await bench.get("/internal/wallet/transactions/\(try granted.transactionID)")
      #expect(read.text("state") == state && read.integer("requirement") == 3_000 && read.integer("settled_amount") == 200)
      #expect(try await bench.get("/internal/wallet/transactions?state=\(state)").rows("data").count == 1)
      #expect(try await bench.books(of: 2) == other)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("the bonus account of the brand is what it has given and not got back, and each accepted command has its event")
  func books() async throws {
    try await WalletBench.run { bench in
      let kept = try await bench.command("bonus-grant", Self.grant)
      let back = try await bench.command("bonus-grant", Self.grant)
      try await bench.command("bonus-convert", try Self.named(kept))
      try await bench.command("bonus-forfeit", try Self.named(back))
      let account = "SELECT sum(amount) FROM wallet.wallet_ledger WHERE brand_id = 1 AND player_id IS NULL AND account = 'bonus'"
      #expect(try await bench.database.psql(account) == "-300")
      let events = try await bench.database.psql(
        "SELECT event_type, payload -> 'transaction' ->> 'requirement' FROM wallet.wallet_outbox WHERE brand_id = 1 ORDER BY sequence")
      let expected = ["wallet.bonus_grant", "wallet.bonus_grant", "wallet.bonus_convert", "wallet.bonus_forfeit"]
      #expect(events.split(separator: "\n").map(String.init) == expected.map { "\($0)|3000" })
    }
  }

  @Test("a bonus that is closed in three ways at once is closed in one")
  func race() async throws {
    try await WalletBench.run { bench in
      let granted = try Self.named(try await bench.command("bonus-grant", Self.grant))
      let answers = try await withThrowingTaskGroup(of: WalletCall.self) { group in
        for path in ["bonus-convert", "rolling-complete", "bonus-forfeit"] { group.addTask { try await bench.command(path, granted) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.map(\.status).sorted() == [200, 409, 409])
      try await bench.expectBalancedBooks()
    }
  }

  @Test("a bonus that is granted and closed in one batch is closed, and a second closing in it is refused")
  func together() async throws {
    try await WalletBench.run { bench in
      let granted = try await bench.together([.bonusGrant(amount: 300, requirement: 0)])
      let id = try #require(granted.first?.transactionID)
      let told = try await bench.together([
        .authorize(amount: 100, provider: "mg", reference: "r", round: nil), .rollingComplete(transaction: id),
        .bonusForfeit(transaction: id), .rollback(provider: "mg", reference: "r"),
        .transfer(amount: 50, from: try #require(Bucket("cash")), to: try #require(Bucket("bonus"))),
      ])
      #expect(told.map(\.status) == [201, 200, 409, 200, 201])
      #expect(try await bench.balance("bonus") == 150)
      #expect(try await bench.balance() == 150)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("a suspended player gets no bonus, and a brand without a bonus bucket gives none")
  func refused() async throws {
    try await WalletBench.run { bench in
      try await bench.database.psql("UPDATE cordon.player SET status = 'suspended' WHERE brand_id = 1 AND player_id = 1")
      #expect(try await bench.command("bonus-grant", Self.grant).reason == "player_suspended")
      try await bench.activate(
        "wallet_topology",
        #"{"buckets":[{"name":"cash","withdrawable":true}],"bet_order":["cash"],"deposit_bucket":"cash","win_bucket":"cash"}"#)
      let refused = try await bench.command("bonus-grant", Self.grant, player: 2)
      #expect(refused.status == 400 && refused.reason == "invalid_field")
      #expect(try await bench.balance("bonus", player: 2) == 0)
    }
  }
}
