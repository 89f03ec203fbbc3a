import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Failures of the wallet's tables surface")
struct WalletFaultTests {
  @Test(
    "S0-SVC-04 a ledger, outbox or balance row that can't be written fails the command, changes nothing and is counted",
    arguments: ["wallet.wallet_ledger", "wallet.wallet_outbox", "wallet.wallet_balance"])
  func failingTable(table: String) async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      try await bench.database.psql(
        """
        CREATE FUNCTION public.broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted fault'; END $$;
        CREATE TRIGGER planted BEFORE INSERT OR UPDATE ON \(table) FOR EACH ROW EXECUTE FUNCTION public.broken();
        """)
      let before = try await bench.books(of: 1)
      let answer = try await bench.deposit(50, key: "broken")
      #expect(answer.status == 500)
      #expect(answer.reason == "internal_error")
      #expect(!answer.text.contains("planted"))
      #expect(try await bench.books(of: 1) == before)
      #expect(bench.role.metric("wallet_write_failed_total", ["command": "deposit", "kind": "server"]) == 1)
      #expect(bench.role.logs.lines(with: #""event":"wallet_write_failed""#, "planted fault").count == 1)
      try await bench.database.psql("DROP TRIGGER planted ON \(table)")
      #expect(try await bench.deposit(50, key: "broken").status == 201)
      #expect(try await bench.balance() == 150)
    }
  }

  @Test("Documents that are missing or unusable refuse the command by name")
  func documents() async throws {
    try await WalletBench.run { bench in
      try await bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '1', true);
        UPDATE wallet.wallet_policy SET status = 'retired', retired_at = now() WHERE brand_id = 1; COMMIT;
        """)
      #expect(try await bench.deposit(1).reason == "policy_missing")
      try await bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '1', true);
        UPDATE wallet.wallet_topology SET status = 'retired', retired_at = now() WHERE brand_id = 1; COMMIT;
        """)
      #expect(try await bench.deposit(1).reason == "topology_missing")
      #expect(try await bench.deposit(1, brand: 2).status == 201)
    }
  }

  @Test(
    "Bodies that aren't what the route takes are refused with the place",
    arguments: [
      #"{"player_id":1,"amount":"5","currency":"EUR"}"#, #"{"player_id":1,"amount":5.5,"currency":"EUR"}"#,
      #"{"player_id":1,"amount":-5,"currency":"EUR"}"#,
      #"{"player_id":1,"amount":1e3,"currency":"EUR"}"#, #"{"player_id":1,"amount":9223372036854775808,"currency":"EUR"}"#,
      #"{"player_id":1,"amount":5,"amount":6,"currency":"EUR"}"#, #"{"player_id":1,"amount":5,"currency":"EUR","brand_id":2}"#,
      #"{"player_id":0,"amount":5,"currency":"EUR"}"#, #"{"amount":5,"currency":"EUR"}"#, #"[]"#, #"{"#, "",
    ])
  func badBodies(body: String) async throws {
    try await WalletBench.run { bench in
      let answer = try await bench.send("/internal/wallet/deposit", as: .admin, key: "k", body: body)
      #expect((400..<500).contains(answer.status))
      #expect(answer.reason != nil)
      #expect(try await bench.balance() == 0)
    }
  }
}
