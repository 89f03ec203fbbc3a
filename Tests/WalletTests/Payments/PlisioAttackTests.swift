import Foundation
import Kernel
import Redis
import TestSupport
import Testing

@testable import Wallet

@Suite("Attacks on Plisio's callbacks")
struct PlisioAttackTests {
  @Test("S0-WAL-21 a payment of the same name on two brands credits each of them, and no key is seen under two brands")
  func sameNameOnTwoBrands() async throws {
    try await PaymentBench.run { bench in
      let orders = [try await bench.pendingDeposit(), try await bench.pendingDeposit(brand: 2)]
      #expect(try await bench.outcome(PaymentBench.body(orders[0])) == "approved")
      #expect(try await bench.outcome(PaymentBench.body(orders[1], currency: "USD"), brand: 2) == "approved")
      #expect(try await bench.credits() == "1")
      #expect(try await bench.credits(brand: 2) == "1")
      #expect(bench.metric("wallet_idempotency_brand_split_total", [:]) == 0)
      let keys = try await bench.wallet.database.psql(
        "SELECT request_id FROM wallet.wallet_command WHERE request_id LIKE '%plisio%' ORDER BY brand_id")
      #expect(keys.split(separator: "\n") == ["default:plisio:pay-1", "brand2:plisio:pay-1"])
      try await bench.wallet.expectBalancedBooks()
    }
  }

  @Test("S0-WAL-29 a callback of one brand is worth nothing at the other: neither its signature nor its deposit")
  func otherBrand() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      let body = PaymentBench.body(order, currency: "USD")
      let signature = PaymentBench.signature(body, PaymentBench.ownSecret)
      #expect(try await bench.call(body, brand: 2, signature: .some(signature)).status == 401)
      #expect(try await bench.outcome(body, brand: 2) == "unknown_deposit")
      #expect(try await bench.recorded(brand: 2) == ["pay-1|completed|unknown_deposit|-|0"])
      #expect(try await bench.wallet.books(of: 2).contains("deposit|") == false)
      // What the other brand was told takes nothing from its owner.
      #expect(try await bench.outcome(PaymentBench.body(order)) == "approved")
      #expect(try await bench.wallet.balance() == 1250)
      #expect(try await bench.wallet.balance(brand: 2) == 0)
    }
  }

  @Test("S0-WAL-30 who dies between the credit and its record has credited once: the payment's key carries it")
  func diedBeforeRecord() async throws {
    try await PaymentBench.run { bench in
      let body = PaymentBench.body(try await bench.pendingDeposit())
      try await bench.wallet.database.psql(
        """
        CREATE FUNCTION public.broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted fault'; END $$;
        CREATE TRIGGER planted BEFORE INSERT ON wallet.payment_callback FOR EACH ROW EXECUTE FUNCTION public.broken();
        """)
      for _ in 0..<3 {
        let call = try await bench.call(body)
        #expect(call.status == 500 && !call.text.contains("planted"), "not told as done: \(call.text)")
      }
      #expect(try await bench.credits() == "1")
      #expect(try await bench.recorded() == [])
      try await bench.wallet.database.psql("DROP TRIGGER planted ON wallet.payment_callback")
      #expect(try await bench.outcome(body) == "approved")
      #expect(try await bench.outcome(body) == "replayed")
      #expect(try await bench.credits() == "1")
      #expect(try await bench.wallet.balance() == 1250)
      try await bench.wallet.expectBalancedBooks()
    }
  }

  @Test("twenty payments for one deposit at once: one credits it, the others go to a person")
  func manyPaymentsOfOneDeposit() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 0..<20 { group.addTask { try await bench.outcome(PaymentBench.body(order, payment: "many-\(number)")) } }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 == "approved" }.count == 1, "\(outcomes)")
      #expect(outcomes.filter { $0 == "review" }.count == 19, "\(outcomes)")
      #expect(try await bench.credits() == "1")
      #expect(try await bench.recorded().filter { $0.hasSuffix("|completed|review|transaction_closed|0") }.count == 19)
    }
  }

  @Test("C-21 a Redis that doesn't answer is one that is gone: 503 in production-grade, nothing moves, and it is taken later")
  func frozenRedis() async throws {
    try await PaymentBench.run(environment: "production") { bench in
      let body = PaymentBench.body(try await bench.pendingDeposit())
      bench.redisServer.pause()
      let call = try await bench.call(body)
      bench.redisServer.resume()
      #expect(call.status == 503 && call.reason == "unavailable", "\(call.text)")
      #expect(bench.metric("plisio_callback_replay_redis_outage_total", ["env": "production"]) == 1)
      #expect(try await bench.credits() == "0")
      try await eventually("it is taken") { try await bench.outcome(body) == "approved" }
      #expect(try await bench.credits() == "1")
    }
  }

  @Test("S0-HARD-05 10,000 damaged callbacks, signed and unsigned: no 5xx, no money, and what is unsigned is never read")
  func damaged() async throws {
    let seed = UInt64.random(in: 1...UInt64(UInt32.max))
    try await PaymentBench.run { bench in
      let own = try await bench.pendingDeposit()
      let orders = [own, try await bench.pendingDeposit(brand: 2), "order-1", "019a0000-0000-7000-8000-000000000001"]
      let before = [try await bench.wallet.books(of: 1), try await bench.wallet.books(of: 2)]
      let count = try await withThrowingTaskGroup(of: Int.self) { group in
        for worker in 0..<10 { group.addTask { try await Self.attack(bench, orders, seed: seed, worker: worker) } }
        return try await group.reduce(0, +)
      }
      #expect(count > 4000)
      #expect(bench.metric("plisio_callback_refused_total", ["reason": "callback_signature_invalid"]) == Double(count))
      for (brand, books) in before.enumerated() { #expect(try await bench.wallet.books(of: brand + 1) == books, "seed \(seed)") }
      #expect(try await bench.recorded(brand: 2) == [])
      #expect(try await bench.outcome(PaymentBench.body(own, payment: "right")) == "approved")
    }
  }

  /// - Returns: how many of a worker's thousand had no right signature.
  private static func attack(_ bench: PaymentBench, _ orders: [String], seed: UInt64, worker: Int) async throws -> Int {
    var generator = SeededGenerator(seed: seed &+ UInt64(worker))
    var unsigned = 0
    for number in 0..<1000 {
      let callback = DamagedCallback(number: worker * 1000 + number, orders: orders, using: &generator)
      expectRefused(try await bench.call(callback.body, signature: .some(callback.signature)), callback, seed)
      if !callback.isSigned { unsigned += 1 }
    }
    return unsigned
  }

  private static func expectRefused(_ call: WalletCall, _ callback: DamagedCallback, _ seed: UInt64) {
    let what = "seed \(seed): \(String(decoding: callback.body.prefix(300), as: UTF8.self)): \(call.status) \(call.text)"
    if callback.isSigned {
      #expect(call.status == 200 && call.text("outcome") != "approved" || (400..<500).contains(call.status), "\(what)")
    } else {
      #expect(call.status == 401 && call.reason == "callback_signature_invalid", "\(what)")
    }
  }
}
