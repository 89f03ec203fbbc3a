import Redis
import Postgres
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@testable import Wallet

@Suite("Plisio's callbacks")
struct PlisioCallbackTests {
  @Test("S0-WAL-30 a completed payment credits its deposit once; the same callback again is answered 200, blocked and counted")
  func completed() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      let body = PaymentBench.body(order)
      #expect(try await bench.outcome(body) == "approved")
      #expect(try await bench.outcome(body) == "replayed")
      #expect(try await bench.outcome(PaymentBench.body(order, age: 10)) == "replayed", "signed anew")
      #expect(bench.metric("plisio_callback_replay_blocked_total", ["status": "completed"]) == 2)
      #expect(try await bench.wallet.balance() == 1250)
      #expect(try await bench.credits() == "1")
      #expect(try await bench.recorded() == ["pay-1|completed|approved|-|0"])
      try await bench.wallet.expectBalancedBooks()
    }
  }

  @Test("S0-WAL-29 only a signature over these bytes with this brand's secret counts, and nothing is read before it")
  func signature() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      let body = PaymentBench.body(order)
      let right = PaymentBench.signature(body, PaymentBench.ownSecret)
      var flipped = Array(right)
      flipped[0] = flipped[0] == "0" ? "1" : "0"
      let wrong: [String?] = [
        nil, "", "x", String(flipped), right.uppercased(), String(right.dropLast(2)), right + "00",
        PaymentBench.signature(body, PaymentBench.commonSecret), PaymentBench.signature(body + " ", PaymentBench.ownSecret),
        PaymentBench.signature("", PaymentBench.ownSecret),
      ]
      for signature in wrong {
        let call = try await bench.call(body, signature: .some(signature))
        #expect(
          call.status == 401 && call.reason == "callback_signature_invalid" || signature == "", "\(signature ?? "none"): \(call.text)")
        #expect(call.status >= 400)
      }
      let unsigned = try await bench.call("no JSON", signature: .some(right))
      #expect(unsigned.status == 401, "a body is not read before its signature: \(unsigned.text)")
      #expect(try await bench.recorded() == [])
      #expect(try await bench.wallet.balance() == 0)
      #expect(bench.metric("plisio_callback_refused_total", ["reason": "callback_signature_invalid"]) >= 9)
      #expect(try await bench.outcome(body) == "approved")
    }
  }

  @Test("a callback that is too old or of tomorrow is refused, although its signature is right")
  func timestamp() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      for age: Int64 in [400, -400, WallClock.system.now().seconds] {
        #expect(try await bench.outcome(PaymentBench.body(order, age: age)) == "401 callback_stale")
      }
      #expect(try await bench.recorded() == [])
      #expect(try await bench.outcome(PaymentBench.body(order, age: 250)) == "approved")
    }
  }

  @Test("another amount, another currency or a mismatch goes to a person and credits nothing")
  func review() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      let cases = [
        ("p1", "completed", "12.49", "EUR", "amount"), ("p2", "completed", "12.505", "EUR", "amount"),
        ("p3", "completed", "-12.50", "EUR", "amount"), ("p4", "completed", "1e3", "EUR", "amount"),
        ("p5", "completed", "12.50", "USD", "currency"), ("p6", "mismatch", "12.50", "EUR", "mismatch"),
      ]
      for (payment, status, amount, currency, reason) in cases {
        let body = PaymentBench.body(order, payment: payment, status: status, amount: amount, currency: currency)
        #expect(try await bench.outcome(body) == "review", "\(payment)")
        #expect(try await bench.recorded().last == "\(payment)|\(status)|review|\(reason)|0")
      }
      #expect(try await bench.wallet.balance() == 0)
      #expect(bench.wallet.role.logs.lines.contains { $0.contains("payment callback") && $0.contains("review_reason") })
      #expect(try await bench.outcome(PaymentBench.body(order, payment: "p7", amount: "12.5")) == "approved")
    }
  }

  @Test("what is not there yet is only noted, and the deposit stays open")
  func noted() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      for status in ["new", "pending", "expired", "error", "cancelled"] {
        #expect(try await bench.outcome(PaymentBench.body(order, status: status)) == "noted")
      }
      #expect(try await bench.outcome(PaymentBench.body(order)) == "approved", "an expired payment that arrives after all")
    }
  }

  @Test("an unknown deposit, one of another brand and one that is no deposit are recorded, answered and credit nothing")
  func unknownDeposit() async throws {
    try await PaymentBench.run { bench in
      let foreign = try await bench.pendingDeposit(brand: 2)
      let orders = [foreign, "019a0000-0000-7000-8000-000000000001", "order-1"]
      for (index, order) in orders.enumerated() {
        #expect(try await bench.outcome(PaymentBench.body(order, payment: "p\(index)")) == "unknown_deposit")
      }
      #expect(try await bench.recorded().count == 3)
      #expect(try await bench.recorded(brand: 2) == [])
      #expect(try await bench.wallet.balance(brand: 2) == 0)
      #expect(try await bench.outcome(PaymentBench.body(foreign, currency: "USD"), brand: 2) == "approved")
    }
  }

  @Test("one payment credits one deposit, and one deposit is credited by one payment")
  func twice() async throws {
    try await PaymentBench.run { bench in
      let orders = [try await bench.pendingDeposit(), try await bench.pendingDeposit()]
      #expect(try await bench.outcome(PaymentBench.body(orders[0])) == "approved")
      #expect(try await bench.outcome(PaymentBench.body(orders[1])) == "replayed", "the payment is spent")
      #expect(try await bench.outcome(PaymentBench.body(orders[0], payment: "pay-2")) == "review", "the deposit is credited")
      #expect(try await bench.recorded().last == "pay-2|completed|review|transaction_closed|0")
      // Where the memory in Redis and in the table is lost, the wallet's own key still knows the payment.
      try await bench.redis.send(["FLUSHALL"])
      // brand-global: test: the table loses everything
      try await bench.wallet.database.psql("DELETE FROM wallet.payment_callback")
      #expect(try await bench.outcome(PaymentBench.body(orders[1])) == "review")
      #expect(try await bench.recorded() == ["pay-1|completed|review|idempotency_mismatch|0"])
      #expect(try await bench.wallet.balance() == 1250)
    }
  }

  @Test("twenty at once are one credit")
  func together() async throws {
    try await PaymentBench.run { bench in
      let body = PaymentBench.body(try await bench.pendingDeposit())
      let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<20 { group.addTask { try await bench.outcome(body) } }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 == "approved" }.count == 1, "\(outcomes)")
      #expect(outcomes.filter { $0 == "replayed" }.count == 19, "\(outcomes)")
      #expect(try await bench.credits() == "1")
    }
  }

  @Test("a mark that somebody left who died before doing anything stops nobody")
  func lostMark() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      _ = try await bench.redis.set("plisio:replay:1:pay-1:completed", "1", expirySeconds: 60)
      #expect(try await bench.outcome(PaymentBench.body(order)) == "approved")
      #expect(bench.metric("plisio_callback_replay_blocked_total", ["status": "completed"]) == 0)
      // And one who died between the credit and its record: the repetition records it.
      // brand-global: test: the table loses everything
      try await bench.wallet.database.psql("DELETE FROM wallet.payment_callback")
      #expect(try await bench.outcome(PaymentBench.body(order)) == "approved")
      #expect(try await bench.credits() == "1")
    }
  }

  @Test("S0-WAL-31 without Redis a development wallet goes on and counts; a payment is still credited once")
  func outageInDevelopment() async throws {
    try await PaymentBench.run { bench in
      let body = PaymentBench.body(try await bench.pendingDeposit())
      await bench.redisServer.crash()
      #expect(try await bench.outcome(body) == "approved")
      #expect(try await bench.outcome(body) == "replayed")
      #expect(bench.metric("plisio_callback_replay_redis_outage_total", ["env": "test"]) == 2)
      #expect(try await bench.credits() == "1")
    }
  }

  @Test("S0-WAL-31 without Redis a production-grade wallet asks for the callback again, counts, and takes it once Redis is back")
  func outageInProduction() async throws {
    try await PaymentBench.run(environment: "staging") { bench in
      let body = PaymentBench.body(try await bench.pendingDeposit())
      await bench.redisServer.stopForRestart()
      let call = try await bench.call(body)
      #expect(call.status == 503 && call.reason == "unavailable" && call.headers["retry-after"] == "5", "\(call.text)")
      #expect(bench.metric("plisio_callback_replay_redis_outage_total", ["env": "staging"]) == 1)
      #expect(try await bench.credits() == "0")
      try await bench.redisServer.startAgain()
      try await eventually("it is taken") { try await bench.outcome(body) == "approved" }
    }
  }

  @Test("S0-WAL-32 the log knows no signature, no secret, no wallet address and no body")
  func redacted() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      let body = PaymentBench.body(order)
      let signature = PaymentBench.signature(body, PaymentBench.ownSecret)
      _ = try await bench.call(body)
      _ = try await bench.call(body)
      _ = try await bench.call(body, signature: .some(PaymentBench.signature(body, "another-secret-of-somebody")))
      _ = try await bench.call(PaymentBench.body("order-1", payment: "p2"))
      await bench.redisServer.crash()
      _ = try await bench.call(PaymentBench.body(order, payment: "p3"))
      let log = bench.wallet.role.logs.lines.joined(separator: "\n")
      #expect(log.contains("payment callback") && log.contains("pay-1"))
      for secret in [
        signature, PaymentBench.ownSecret, PaymentBench.commonSecret, PaymentBench.signature(body, "another-secret-of-somebody"),
        "bc1q-secret-wallet-address", "secret-transaction", "0.00021", "x-plisio-signature",
      ] {
        #expect(!log.contains(secret), "the log has \(secret)")
      }
    }
  }

  @Test("S0-WAL-33 a deposit from before brands, whose row names none, has no bonus; the others have their brand's terms")
  func bonus() async throws {
    try await PaymentBench.run { bench in
      try await bench.wallet.database.psql(
        """
        INSERT INTO brand_config (brand_id, key, value, updated_by)
        VALUES (1, 'manual_deposit_bonus', '{"basis_points": 1000, "amount_max": 100}', 'test');
        INSERT INTO shooter_sms (sms_id, device, sender, body, received_at)
        VALUES ('019a0000-0000-7000-8000-00000000a001', 'device', 'bank', 'legacy deposit', now());
        """)
      let transaction = try #require(UUIDv7(text: "019a0000-0000-7000-8000-00000000a001"))
      let player = try #require(PlayerID(1))
      let brand = try #require(BrandID(1))
      let legacyBrand: BrandID? = try await bench.wallet.app.withBrand(brand) { transaction in
        try await transaction.query("SELECT brand_id FROM cordon.shooter_sms").first?.getOptional("brand_id")
      }
      let resolver = ManualBonusResolver(database: bench.wallet.app)
      let legacy = PendingDeposit(transaction: transaction, brand: legacyBrand, player: player, amount: 1250, currency: "EUR")
      #expect(legacyBrand == nil)
      #expect(try await resolver.terms(of: legacy) == .zero)
      let own = PendingDeposit(transaction: transaction, brand: brand, player: player, amount: 1250, currency: "EUR")
      #expect(try await resolver.terms(of: own).amount(of: 1250) == 100)
      #expect(try await bench.outcome(PaymentBench.body(try await bench.pendingDeposit())) == "approved")
      #expect(try await bench.recorded() == ["pay-1|completed|approved|-|100"])
      #expect(try await bench.outcome(PaymentBench.body(try await bench.pendingDeposit(brand: 2), currency: "USD"), brand: 2) == "approved")
      #expect(try await bench.recorded(brand: 2) == ["pay-1|completed|approved|-|0"])
    }
  }

  @Test("signed nonsense is refused, never a failure, and moves nothing")
  func hostile() async throws {
    try await PaymentBench.run { bench in
      let order = try await bench.pendingDeposit()
      let now = WallClock.system.now().seconds
      let bodies = [
        "", "{", "[]", "null", "\"x\"", "{}", #"{"txn_id":"a","txn_id":"b"}"#, String(repeating: "[", count: 400),
        #"{"txn_id":"a:b","status":"completed","order_number":"\#(order)","timestamp":\#(now)}"#,
        #"{"txn_id":"","status":"completed","order_number":"\#(order)","timestamp":\#(now)}"#,
        #"{"txn_id":"\#(String(repeating: "a", count: 129))","status":"completed","order_number":"\#(order)","timestamp":\#(now)}"#,
        #"{"txn_id":"a","status":"COMPLETED","order_number":"\#(order)","timestamp":\#(now)}"#,
        #"{"txn_id":"a","status":"completed","order_number":"a\u0000b","timestamp":\#(now)}"#,
        #"{"txn_id":"a","status":"completed","order_number":"\#(order)","timestamp":-1}"#,
        #"{"txn_id":"a","status":"completed","order_number":"\#(order)","timestamp":1e400}"#,
        #"{"txn_id":["a"],"status":"completed","order_number":"\#(order)","timestamp":\#(now)}"#,
      ]
      for body in bodies {
        let call = try await bench.call(body)
        #expect((400..<500).contains(call.status), "\(body.prefix(80)): \(call.status) \(call.text)")
      }
      let odd = [#"9223372036854775808"#, "{}", "null", "\"99999999999999999999999999999999999999.99\""]
      for (index, amount) in odd.enumerated() {
        let body =
          #"{"txn_id":"odd\#(index)","status":"completed","order_number":"\#(order)","source_currency":"EUR","source_amount":\#(amount),"timestamp":\#(now)}"#
        #expect(try await bench.outcome(body) == "review", "\(amount)")
      }
      #expect(try await bench.wallet.balance() == 0)
    }
  }

  @Test("secrets that can be guessed are no secrets, and a brand without one takes no callbacks")
  func secrets() throws {
    #expect(PlisioSecrets(common: "short", byBrand: [:]) == nil)
    #expect(PlisioSecrets(common: nil, byBrandJSON: #"{"default":"short"}"#) == nil)
    #expect(PlisioSecrets(common: nil, byBrandJSON: "[]") == nil)
    let code = try #require(BrandCode("default"))
    #expect(PlisioSecrets(common: nil, byBrand: ["brand2": PaymentBench.ownSecret])?.verifier(of: code) == nil)
    #expect(PlisioSecrets(common: PaymentBench.commonSecret, byBrand: [:])?.verifier(of: code) != nil)
  }
}
