import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Rewards and transfers, through HTTP")
struct WalletRewardTests {
  @Test(
    "S0-WAL-27 a reward is paid from its own account, with its reason, also to a suspended player",
    arguments: ["rebate", "cashback", "lossback"])
  func rewards(path: String) async throws {
    try await WalletBench.run { bench in
      try await bench.database.psql("UPDATE cordon.player SET status = 'suspended' WHERE brand_id = 1 AND player_id = 1")
      let members = #""amount":70,"currency":"EUR","reason":"week 7""#
      let paid = try await bench.command(path, members, key: "pay")
      #expect(paid.status == 201 && paid.state == "applied")
      #expect(try await bench.command(path, members, key: "pay").text == paid.text)
      #expect(
        try await bench.command(path, #""amount":70,"currency":"EUR","reason":"week 8""#, key: "pay").reason == "idempotency_mismatch")
      #expect(try await bench.command(path, #""amount":5,"currency":"EUR""#).status == 201)
      #expect(try await bench.balance() == 75)
      let rows =
        "SELECT string_agg(kind || ' ' || coalesce(reason, '-'), ',' ORDER BY created_at, transaction_id) FROM wallet.wallet_transaction"
      #expect(try await bench.database.psql(rows + " WHERE brand_id = 1") == "\(path) week 7,\(path) -")
      let account = "SELECT account, sum(amount) FROM wallet.wallet_ledger WHERE brand_id = 1 AND player_id IS NULL GROUP BY 1"
      #expect(try await bench.database.psql(account) == "\(path)s|-75")
      try await bench.expectBalancedBooks()
    }
  }

  @Test(
    "S0-WAL-26 S0-HARD-33 rebates of two players of one number stay apart: in lists, entries and events each brand has its own, and only that"
  )
  func sameNumber() async throws {
    try await WalletBench.run { bench in
      for (brand, amount) in [(1, 70), (2, 900)] {
        let members = #""amount":\#(amount),"currency":"\#(WalletBench.currency(brand))""#
        #expect(try await bench.command("rebate", members, brand: brand, key: "\(brand):rebate").status == 201)
      }
      for (brand, amount) in [(1, 70), (2, 900)] {
        let list = try await bench.get("/internal/wallet/players/1/transactions", brand: String(brand))
        #expect(list.rows("data").compactMap { $0["amount"] as? Int } == [amount])
        let ledger = try await bench.get("/internal/wallet/players/1/ledger", brand: String(brand))
        #expect(ledger.rows("data").compactMap { $0["amount"] as? Int }.allSatisfy { abs($0) == amount })
        let event =
          "SELECT payload->>'brand_id' || ' ' || (payload->>'player_id') || ' ' || (payload->>'request_id') FROM wallet.wallet_outbox"
        #expect(try await bench.database.psql(event + " WHERE brand_id = \(brand)") == "\(brand) 1 \(brand):rebate")
        #expect(try await bench.balance(brand: brand) == amount)
      }
    }
  }

  @Test("S0-WAL-27 a transfer moves money between two buckets and leaves the player's total as it is")
  func transfer() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let members = #""amount":40,"currency":"EUR","from":"cash","to":"bonus""#
      let moved = try await bench.command("transfer", members, key: "move")
      #expect(moved.status == 201 && moved.state == "applied")
      #expect(try await bench.command("transfer", members, key: "move").isReplay)
      #expect(try await bench.balance() == 60)
      #expect(try await bench.balance("bonus") == 40)
      #expect(try await bench.get("/internal/wallet/players/1/balances").integer("total") == 100)
      try await bench.expectBalancedBooks()
    }
  }

  @Test(
    "a transfer that the topology or the policy doesn't know is refused and moves nothing",
    arguments: [
      (#""from":"bonus","to":"cash""#, 422, "transfer_not_allowed"), (#""from":"cash","to":"gold""#, 400, "invalid_field"),
      (#""from":"cash","to":"cash""#, 400, "invalid_field"), (#""from":"Cash","to":"bonus""#, 400, "invalid_field"),
      (#""from":"cash""#, 400, "invalid_field"),
    ])
  func refusedTransfers(pair: String, status: Int, reason: String) async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let refused = try await bench.command("transfer", #""amount":40,"currency":"EUR",\#(pair)"#)
      #expect(refused.status == status && refused.reason == reason)
      #expect(try await bench.balance() == 100)
      #expect(try await bench.balance("bonus") == 0)
    }
  }
}
