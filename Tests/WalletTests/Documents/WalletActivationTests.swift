import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Activating a topology or policy")
struct WalletActivationTests {
  @Test("a bucket that holds money doesn't vanish; once it is empty it does")
  func money() async throws {
    try await WalletBench.run { bench in
      try await bench.plainPolicy()
      #expect(try await bench.adjust(500, "bonus").status == 201)
      let version = try await bench.drafted(WalletBench.narrower)
      let refused = try await bench.activate(version, expected: 1)
      #expect(refused.status == 409 && refused.reason == "activation_refused", "\(refused.text)")
      #expect(refused.rows("errors").compactMap { $0["detail"] as? String } == ["'bonus' would vanish; 1 players hold 500 EUR in it"])
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == 1)
      // Another brand's money is not in the way.
      let elsewhere = try await bench.drafted(WalletBench.narrower, brand: 2)
      #expect(try await bench.activate(elsewhere, expected: 1, brand: 2).status == 200)

      #expect(try await bench.bet(500, reference: "b1").status == 201)
      let open = try await bench.activate(version, expected: 1)
      #expect(
        open.rows("errors").compactMap { $0["detail"] as? String }.first?.contains("1 open bets and withdrawals") == true, "\(open.text)")
      #expect(try await bench.settle(0, reference: "b1").status == 200)
      #expect(try await bench.activate(version, expected: 1).status == 200)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("documents that contradict each other are not active together")
  func contradictions() async throws {
    try await WalletBench.run { bench in
      try await bench.plainPolicy()
      let (narrower, moving) = (try await bench.drafted(WalletBench.narrower), try await bench.drafted(WalletBench.moving, "policy"))
      #expect(try await bench.activate(moving, "policy", expected: 2).status == 200)
      let refused = try await bench.activate(narrower, expected: 1)
      #expect(refused.rows("errors").compactMap { $0["pointer"] as? String } == ["/transfers/0/to"], "\(refused.text)")
      #expect(try await bench.activate(2, "policy", expected: moving, copy: true).status == 200)
      #expect(try await bench.activate(narrower, expected: 1).status == 200)
      #expect(try await bench.activate(moving, "policy", expected: 4, copy: true).reason == "activation_refused")
    }
  }

  @Test("a bonus bucket is not exchanged while granted bonuses are open in it")
  func bonuses() async throws {
    try await WalletBench.run { bench in
      let first = try await bench.drafted("{\(WalletBench.base),\"bonus_bucket\":\"bonus\"}")
      #expect(try await bench.activate(first, expected: 1).status == 200)
      let granted = try await bench.send(
        "/internal/wallet/bonus-grant", as: .admin, key: "grant",
        body: #"{"player_id":1,"amount":50,"currency":"EUR","requirement":0}"#)
      #expect(granted.status == 201, "\(granted.text)")
      let second = try await bench.drafted("{\(WalletBench.base)}")
      let refused = try await bench.activate(second, expected: first)
      #expect(refused.rows("errors").compactMap { $0["pointer"] as? String } == ["/bonus_bucket"], "\(refused.text)")
      let forfeited = try await bench.send(
        "/internal/wallet/bonus-forfeit", as: .admin, key: "forfeit",
        body: #"{"player_id":1,"transaction_id":"\#(try granted.transactionID)"}"#)
      #expect(forfeited.status == 200, "\(forfeited.text)")
      #expect(try await bench.activate(second, expected: first).status == 200)
    }
  }

  @Test("the dry run counts players and totals over what it looked at, and says whether that was all")
  func dryRun() async throws {
    try await WalletBench.run { bench in
      try await bench.plainPolicy()
      try await bench.deposit(100)
      try await bench.deposit(250, player: 2)
      _ = try await bench.adjust(40, "bonus", player: 2)
      let version = try await bench.drafted(
        #"{"buckets":[{"name":"cash","withdrawable":false},{"name":"new","withdrawable":true}],"bet_order":["new"],"deposit_bucket":"new","win_bucket":"new"}"#
      )
      let before = try await bench.versions(of: 1)
      let check = try await bench.document("topology/versions/\(version)/check")
      #expect(check.status == 200, "\(check.text)")
      let parts = [
        #""can_be_activated":false"#,
        #""vanishing":["bonus"],"no_longer_withdrawable":["cash"],"leaving_bet_order":["cash"],"added":["new"]"#,
        #""players":{"vanishing":1,"no_longer_withdrawable":2,"leaving_bet_order":2}"#,
        #"{"bucket":"cash","currency":"EUR","players":2,"amount":350}"#, #""scan":{"rows":3,"complete":true}"#,
      ]
      for part in parts { #expect(check.text.contains(part), "\(part) in \(check.text)") }
      let cut = try await bench.document("topology/versions/\(version)/check?rows_max=1")
      #expect(cut.text.contains(#""scan":{"rows":1,"complete":false}"#), "\(cut.text)")
      #expect(cut.text.contains(#""can_be_activated":null"#), "\(cut.text)")
      let policy = try await bench.drafted(WalletBench.lenient, "policy")
      #expect(try await bench.document("policy/versions/\(policy)/check").text.contains(#""can_be_activated":true,"faults":[]"#))
      #expect(try await bench.activate(version, expected: 1).status == 409)
      #expect(try await bench.document("topology/versions/1").text("status") == "active")
      #expect(before.contains("draft"))
    }
  }

  @Test("of two activations at once exactly one wins")
  func race() async throws {
    try await WalletBench.run { bench in
      var active = 1
      for _ in 0..<5 {
        let drafts = [try await bench.drafted(WalletBench.wider), try await bench.drafted(WalletBench.wider)]
        let expected = active
        let calls = try await withThrowingTaskGroup(of: (Int, WalletCall).self) { group in
          for draft in drafts { group.addTask { (draft, try await bench.activate(draft, expected: expected)) } }
          return try await group.reduce(into: [(Int, WalletCall)]()) { $0.append($1) }
        }
        #expect(calls.map(\.1.status).sorted() == [200, 409])
        #expect(calls.first { $0.1.status == 409 }?.1.reason == "document_version_conflict")
        active = try #require(calls.first { $0.1.status == 200 }?.0)
        #expect(try await bench.get("/internal/wallet/topology").integer("version") == active)
      }
    }
  }

  @Test("a topology and a policy that contradict each other don't both become active when both are activated at once")
  func skew() async throws {
    try await WalletBench.run { bench in
      let (narrower, moving) = (try await bench.drafted(WalletBench.narrower), try await bench.drafted(WalletBench.moving, "policy"))
      async let topology = bench.activate(narrower, expected: 1)
      async let policy = bench.activate(moving, "policy", expected: 1)
      let statuses = [try await topology.status, try await policy.status]
      #expect(statuses.sorted() == [200, 409])
    }
  }

  @Test("somebody who activates without asking this service meets the index over active versions, and it is told as a conflict")
  func wall() async throws {
    try await WalletBench.run { bench in
      let (first, second) = (try await bench.drafted(WalletBench.wider), try await bench.drafted(WalletBench.wider))
      // It commits after this service has read which version is active, and before it writes.
      async let outside = bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '1', true);
        UPDATE wallet.wallet_topology SET status = 'retired', retired_at = now() WHERE brand_id = 1 AND status = 'active';
        UPDATE wallet.wallet_topology SET status = 'active', activated_by = 'dba', activated_at = now() WHERE brand_id = 1 AND version = \(first);
        SELECT pg_sleep(2); COMMIT;
        """)
      try await eventually("the other transaction holds the rows") {
        try await isAsleep(bench)
      }
      let call = try await bench.activate(second, expected: 1)
      #expect(call.reason == "document_version_conflict", "\(call.text)")
      _ = try await outside
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == first)
    }
  }

  @Test("a connection that is lost between retiring and activating leaves the old version active and no audit row")
  func crash() async throws {
    try await WalletBench.run { bench in
      let version = try await bench.drafted(WalletBench.wider)
      try await bench.database.psql(
        """
        CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
          BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
        CREATE TRIGGER die BEFORE UPDATE ON wallet.wallet_topology FOR EACH ROW WHEN (NEW.status = 'active') EXECUTE FUNCTION public.die();
        """)
      let before = try await bench.versions(of: 1)
      #expect(try await bench.activate(version, expected: 1).status == 503)
      #expect(try await bench.versions(of: 1) == before)
      try await bench.database.psql("DROP TRIGGER die ON wallet.wallet_topology")
      #expect(try await bench.activate(version, expected: 1).status == 200)
    }
  }

  @Test("money that a command under way puts into a vanishing bucket is seen")
  func commandsUnderWay() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(10)
      let version = try await bench.drafted(WalletBench.narrower)
      // What a batch does: the chain's lock first, then balances.
      async let batch = bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '1', true);
        SELECT FROM wallet.wallet_chain WHERE brand_id = 1 FOR NO KEY UPDATE;
        SELECT pg_sleep(2);
        INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance) VALUES (1, 2, 'bonus', 'EUR', 5);
        COMMIT;
        """)
      try await eventually("the batch has its lock") {
        try await isAsleep(bench)
      }
      let call = try await bench.activate(version, expected: 1)
      #expect(call.reason == "activation_refused", "\(call.text)")
      _ = try await batch
    }
  }

  @Test("a command that waited behind an activation is decided by what was activated")
  func commandsThatWaited() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(10)
      let version = try await bench.drafted(WalletBench.wider)
      // What an activation does: the chain's lock first, then the versions.
      async let activation = bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '1', true);
        SELECT FROM wallet.wallet_chain WHERE brand_id = 1 FOR NO KEY UPDATE;
        SELECT pg_sleep(2);
        UPDATE wallet.wallet_topology SET status = 'retired', retired_at = now() WHERE brand_id = 1 AND status = 'active';
        UPDATE wallet.wallet_topology SET status = 'active', activated_by = 'op-7', activated_at = now()
        WHERE brand_id = 1 AND version = \(version);
        COMMIT;
        """)
      try await eventually("the activation has its lock") {
        try await isAsleep(bench)
      }
      try await bench.deposit(5)
      _ = try await activation
      let held = try await bench.database.psql("SELECT bucket, balance FROM wallet.wallet_balance WHERE brand_id = 1 ORDER BY bucket")
      #expect(held.split(separator: "\n") == ["cash|10", "vault|5"])
    }
  }

  /// Whether what the test began sleeps with its lock. Other tests' sleepers are on the same server.
  private func isAsleep(_ bench: WalletBench) async throws -> Bool {
    try await bench.database.psql(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
    ).contains("1")
  }
}
