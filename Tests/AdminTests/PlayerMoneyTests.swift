import Contracts
import Foundation
import HTTPTypes
import Kernel
import Platform
import TestSupport
import Testing

@Suite("Operators and players' money")
struct PlayerMoneyTests {
  private static func deposit(
    _ bench: AdminBench, player: Int = 1, amount: Int = 1000, currency: String = "EUR", key: String? = "k-1",
    as caller: TestOperator = .one,
    brand: String? = "1"
  ) async throws -> AdminCall {
    try await bench.send(
      "POST", "/v1/admin/players/\(player)/deposits", as: caller, brand: brand, key: key,
      body: #"{"amount":\#(amount),"currency":"\#(currency)","reason":"goodwill"}"#)
  }

  private static func adjust(_ bench: AdminBench, player: Int = 1, amount: Int = -5, as caller: TestOperator = .one, brand: String? = "1")
    async throws -> AdminCall
  {
    try await bench.send(
      "POST", "/v1/admin/players/\(player)/adjustments", as: caller, brand: brand, key: "a-1",
      body: #"{"amount":\#(amount),"currency":"EUR","bucket":"cash","reason":"rounding"}"#)
  }

  /// Stage and player of each row about money, oldest first.
  private static func stages(_ bench: AdminBench) async throws -> String {
    try await bench.database.psql(
      "SELECT action || ' ' || resource_key || ' ' || (new_value->>'stage') FROM admin_audit WHERE resource = 'player_wallet' ORDER BY audit_id"
    )
  }

  @Test("S0-WAL-21 S0-AUD-16 a deposit is booked under a key that names brand and caller, framed by its intent and its outcome")
  func booked() async throws {
    try await AdminBench.run { bench in
      let call = try await Self.deposit(bench)
      #expect(call.status == 201)
      #expect(
        try await bench.database.psql("SELECT balance, currency FROM wallet.wallet_balance WHERE brand_id = 1 AND bucket = 'cash'")
          == "1000|EUR")
      #expect(try await bench.database.psql("SELECT request_id FROM wallet.wallet_command") == "default:admin:k-1")
      #expect(try await Self.stages(bench) == "PLAYER_DEPOSIT 1 intent\nPLAYER_DEPOSIT 1 completed")
      #expect(
        try await bench.database.psql(
          "SELECT DISTINCT brand_id, operator_id, reason, new_value->>'idempotency_key' FROM admin_audit")
          == "1|ops:one|goodwill|default:admin:k-1")
      #expect(
        try await bench.database.psql("SELECT new_value #>> '{answer,transaction,state}' FROM admin_audit ORDER BY audit_id DESC LIMIT 1")
          == "approved")
    }
  }

  @Test("the same request twice moves money once and gets the same answer; under another amount the key is refused")
  func twice() async throws {
    try await AdminBench.run { bench in
      let first = try await Self.deposit(bench)
      let second = try await Self.deposit(bench)
      #expect(second.text == first.text && second.status == first.status)
      #expect(second.headers["idempotency-replayed"] == "true" && first.headers["idempotency-replayed"] == nil)
      let other = try await Self.deposit(bench, amount: 2000)
      #expect(other.status == 422 && other.reason == "idempotency_mismatch")
      #expect(try await bench.database.psql("SELECT sum(balance) FROM wallet.wallet_balance") == "1000")
      #expect(try await Self.stages(bench).hasSuffix("PLAYER_DEPOSIT 1 intent\nPLAYER_DEPOSIT 1 refused"))
    }
  }

  @Test("the same operator key on two brands is two commands")
  func twoBrands() async throws {
    try await AdminBench.run { bench async throws in
      #expect(try await Self.deposit(bench, as: .root, brand: "1").status == 201)
      #expect(try await Self.deposit(bench, currency: "USD", as: .root, brand: "2").status == 201)
      #expect(
        try await bench.database.psql("SELECT brand_id, request_id FROM wallet.wallet_command ORDER BY brand_id")
          == "1|default:admin:k-1\n2|brand2:admin:k-1")
    }
  }

  @Test("S0-AUD-15 an announced deposit is approved, another declined, each with its two rows")
  func announcedDeposits() async throws {
    try await AdminBench.run { bench in
      for (number, verb) in [(1, "approve"), (2, "decline")] {
        let id = "019a0000-0000-7000-8000-00000000001\(number)"
        // Announced as the player's client would; the admin role only decides on it.
        try await bench.database.psql(
          """
          INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id)
            VALUES (1, 'd-\(number)', 'deposit_request', sha256('x'), 201, '{}', 1);
          INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, request_id)
            VALUES (1, '\(id)', 'deposit', 'pending', 1, 'EUR', 100, 'd-\(number)');
          """)
        let call = try await bench.send(
          "POST", "/v1/admin/players/1/deposits/\(id)/\(verb)", key: "\(verb)-\(number)", body: #"{"reason":"checked"}"#)
        #expect(call.status == 200, "\(verb): \(call.text)")
      }
      #expect(try await bench.database.psql("SELECT balance FROM wallet.wallet_balance WHERE player_id = 1 AND bucket = 'cash'") == "100")
      #expect(
        try await bench.database.psql("SELECT string_agg(state, ',' ORDER BY transaction_id) FROM wallet.wallet_transaction")
          == "approved,declined")
      let stages = try await Self.stages(bench)
      for action in ["DEPOSIT_APPROVE", "DEPOSIT_DECLINE"] { #expect(stages.contains("\(action) 1 intent\n\(action) 1 completed")) }
    }
  }

  @Test("a withdrawal is approved and paid, another declined, each step with its two rows")
  func withdrawals() async throws {
    try await AdminBench.run { bench in
      _ = try await Self.deposit(bench)
      // Requested as the player's client would; the admin role only decides on it.
      for (number, verbs) in [(1, ["approve", "pay"]), (2, ["decline"])] {
        let id = "019a0000-0000-7000-8000-00000000000\(number)"
        try await bench.database.psql(
          """
          INSERT INTO wallet.wallet_account (brand_id, account) VALUES (1, 'withdrawals_held') ON CONFLICT DO NOTHING;
          INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id)
            VALUES (1, 'w-\(number)', 'withdraw_request', sha256('x'), 201, '{}', 1);
          INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, request_id,
              part_buckets, part_amounts)
            VALUES (1, '\(id)', 'withdraw', 'requested', 1, 'EUR', 100, 'w-\(number)', '{cash}', '{100}');
          INSERT INTO wallet.wallet_ledger (brand_id, request_id, command, transaction_id, player_id, account, currency, amount, balance_after,
              seq, prev_hash, row_hash)
            SELECT 1, 'w-\(number)', 'withdraw_request', '\(id)'::uuid, 1, 'cash', 'EUR', -100, 1000 - 100 * \(number), seq + 1, row_hash,
              sha256('a\(number)') FROM wallet.wallet_chain WHERE brand_id = 1
            UNION ALL SELECT 1, 'w-\(number)', 'withdraw_request', '\(id)', NULL, 'withdrawals_held', 'EUR', 100, NULL, seq + 2,
              sha256('a\(number)'), sha256('b\(number)') FROM wallet.wallet_chain WHERE brand_id = 1;
          UPDATE wallet.wallet_balance SET balance = balance - 100 WHERE brand_id = 1 AND player_id = 1 AND bucket = 'cash';
          """)
        for verb in verbs {
          let call = try await bench.send(
            "POST", "/v1/admin/players/1/withdrawals/\(id)/\(verb)", key: "\(verb)-\(number)", body: #"{"reason":"checked"}"#)
          #expect(call.status == 200, "\(verb): \(call.text)")
        }
      }
      #expect(
        try await bench.database.psql(
          "SELECT string_agg(state, ',' ORDER BY transaction_id) FROM wallet.wallet_transaction WHERE kind = 'withdraw'") == "paid,declined"
      )
      #expect(try await bench.database.psql("SELECT balance FROM wallet.wallet_balance WHERE bucket = 'cash'") == "900")
      let stages = try await Self.stages(bench)
      for action in ["WITHDRAW_APPROVE", "WITHDRAW_PAY", "WITHDRAW_DECLINE"] {
        #expect(stages.contains("\(action) 1 intent\n\(action) 1 completed"))
      }
    }
  }

  @Test("S0-ADM-13 S0-ADM-14 another brand's player is refused like an absent one, to a super-admin as a conflict; nothing is written")
  func strictBrand() async throws {
    try await AdminBench.run { bench in
      for (caller, status, reason) in [(TestOperator.two, 404, "player_not_found"), (.root, 403, "brand_conflict")] {
        let call = try await Self.adjust(bench, player: 2, as: caller, brand: "2")
        #expect(call.status == status && call.reason == reason)
      }
      let absent = try await Self.adjust(bench, player: 77, as: .two, brand: "2")
      #expect(absent.status == 404 && absent.reason == "player_not_found")
      #expect(try await bench.auditCount() == 0)
      #expect(try await bench.database.psql("SELECT count(*) FROM wallet.wallet_command") == "0")
      // The wall between brands has seen the two attempts (security.cross_brand_detection).
      #expect(
        try await bench.database.psql("SELECT count(*) FROM security.cross_brand_detection WHERE brand_id = 2 AND found_brand_id = 1")
          == "2")
    }
  }

  @Test("a key is needed, and one that can't be one is refused")
  func keys() async throws {
    try await AdminBench.run { bench in
      #expect(try await Self.deposit(bench, key: nil).reason == "idempotency_key_required")
      for key in ["\"", "a\"b", String(repeating: "k", count: 201), "\"\""] {
        let call = try await Self.deposit(bench, key: key)
        #expect(call.status == 400 && call.reason == "idempotency_key_invalid", "\(key): \(call.text)")
      }
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test("the wallet's refusals come through with their reasons, and stand in the audit")
  func refused() async throws {
    try await AdminBench.run { bench async throws in
      #expect(try await Self.deposit(bench, currency: "USD").reason == "currency_mismatch")
      #expect(try await Self.adjust(bench).reason == "insufficient_funds")
      #expect(
        try await bench.database.psql(
          "SELECT new_value->>'reason' FROM admin_audit WHERE new_value->>'stage' = 'refused' ORDER BY audit_id")
          == "currency_mismatch\ninsufficient_funds")
    }
  }

  @Test("C-19 a wallet that can't be reached leaves an unknown outcome, said so, with the key to ask again")
  func unreachable() async throws {
    try await AdminBench.run(walletURL: "http://127.0.0.1:\(try FreePort.next())") { bench in
      let call = try await Self.deposit(bench)
      #expect(call.status == 503 && call.reason == "outcome_unknown")
      #expect(call.text("detail")?.contains("k-1") == true)
      #expect(try await Self.stages(bench) == "PLAYER_DEPOSIT 1 intent\nPLAYER_DEPOSIT 1 unknown")
    }
  }

  @Test("C-19 a wallet that fails after booking is an unknown outcome; the same key then finds the booking", arguments: [500, 503])
  func failsAfterBooking(_ status: Int) async throws {
    let reason: ProblemReason = status == 500 ? .internalError : .outcomeUnknown
    let failing = Endpoint(
      .post, "/internal/wallet/deposit", id: "deposit", summary: "Fails", access: .open, body: WalletDepositBody.self,
      reply: .json(WalletCommandAnswer.self)
    ) { _, _ in throw Problem(reason) }
    let context = try RunningRole.context(.walletService)
    try await RunningRole.serve([failing], context: context, requestGuard: NobodyGuard()) { wallet in
      try await AdminBench.run(walletURL: wallet.url) { bench in
        let call = try await Self.deposit(bench)
        #expect(call.status == 503 && call.reason == "outcome_unknown")
        #expect(try await Self.stages(bench).hasSuffix("unknown"))
      }
    }
  }

  @Test("S0-AUD-09 an outcome that can't be audited is counted, and the answer still says what happened to the money")
  func lostAudit() async throws {
    try await AdminBench.run { bench in
      try await bench.database.psql(
        """
        CREATE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
        CREATE TRIGGER lose BEFORE INSERT ON cordon.admin_audit FOR EACH ROW WHEN (NEW.new_value->>'stage' = 'completed') EXECUTE FUNCTION public.lose();
        """)
      let route = "/v1/admin/players/{player_id}/deposits"
      #expect(bench.admin.metric("admin_audit_write_failed_total", ["route": route]) == 0)
      #expect(try await Self.deposit(bench).status == 201)
      #expect(bench.admin.metric("admin_audit_write_failed_total", ["route": route]) == 1)
      #expect(try await bench.database.psql("SELECT balance FROM wallet.wallet_balance WHERE bucket = 'cash'") == "1000")
      #expect(try await Self.stages(bench) == "PLAYER_DEPOSIT 1 intent")
    }
  }

  @Test("C-19 without an intent in the audit the wallet is not asked at all")
  func noIntentNoMoney() async throws {
    try await AdminBench.run { bench in
      try await bench.database.psql("REVOKE INSERT ON cordon.admin_audit FROM cordon_app")
      #expect(try await Self.deposit(bench).status == 500)
      #expect(try await bench.database.psql("SELECT count(*) FROM wallet.wallet_command") == "0")
    }
  }
}
