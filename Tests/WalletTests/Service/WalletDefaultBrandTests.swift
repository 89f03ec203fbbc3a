import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Background work may ask about a topology without a brand, and only about a topology")
struct WalletDefaultBrandTests {
  static let document = """
    {"document":{"buckets":[{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false},{"name":"loyalty","withdrawable":false}],
    "bet_order":["bonus","cash"],"deposit_bucket":"cash","win_bucket":"cash"}}
    """

  @Test("S0-WAL-12 without a brand the default brand's topology is used, and that is counted by who asked")
  func fallback() async throws {
    try await WalletBench.run { bench in
      try await bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '2', true);
        INSERT INTO wallet.wallet_topology (brand_id, version, document, created_by) VALUES (2, 2, '{"buckets":[
          {"name":"cash","withdrawable":true},{"name":"vault","withdrawable":false}],"bet_order":["cash"],
          "deposit_bucket":"cash","win_bucket":"cash"}', 'test');
        UPDATE wallet.wallet_topology SET status = 'retired', retired_at = now() WHERE brand_id = 2 AND version = 1;
        UPDATE wallet.wallet_topology SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = 2 AND version = 2;
        COMMIT;
        """)
      let counter = "wallet_topology_default_brand_fallback_total"
      let named = try await check(bench, brand: "2")
      #expect(named.status == 200)
      #expect(named.integer("brand_id") == 2 && named.integer("active_version") == 2)
      #expect(named.text.contains("bucket 'vault' of the active topology is missing"))
      #expect(bench.role.metric(counter, ["caller_origin": "recon"]) == nil)

      let nameless = try await check(bench, brand: nil)
      #expect(nameless.status == 200)
      #expect(nameless.integer("brand_id") == 1 && nameless.text.contains(#""faults":[]"#))
      #expect(nameless.text.contains(#""added_buckets":["loyalty"]"#))
      #expect(bench.role.metric(counter, ["caller_origin": "recon"]) == 1)
      #expect(bench.role.metric("wallet_topology_default_brand_unprimed_total") == 0)
    }
  }

  @Test("S0-WAL-11 a service that has not read the default brand fails such a request, and counts it")
  func unprimed() async throws {
    try await WalletBench.run(primes: false) { bench async throws in
      let nameless = try await check(bench, brand: nil)
      #expect(nameless.status == 500)
      #expect(bench.role.metric("wallet_topology_default_brand_unprimed_total") == 1)
      #expect(try await check(bench, brand: "1").status == 200)
      #expect(bench.role.metric("wallet_topology_default_brand_unprimed_total") == 1)
    }
  }

  @Test("S0-RES-13 a brand header that is no brand counts as missing, and is never taken for none", arguments: ["0", "-1", "x"])
  func noBrand(_ brand: String) async throws {
    try await refused(brand, as: "missing_header", status: 400)
  }

  @Test("S0-RES-16 a brand that nobody knows is unresolved_brand")
  func unknownBrand() async throws {
    try await refused("99", as: "unresolved_brand", status: 403)
  }

  private func refused(_ brand: String, as reason: String, status: Int) async throws {
    try await WalletBench.run { bench in
      let answer = try await check(bench, brand: brand)
      #expect(answer.status == status)
      #expect(answer.reason == reason)
      for other in ["missing_header", "unresolved_brand"] {
        let counted = bench.role.metric("brand_resolution_failed_total", ["reason": other, "service": "wallet_service"])
        #expect(counted == (other == reason ? 1 : 0), "\(other)")
      }
      #expect(bench.role.metric("wallet_topology_default_brand_fallback_total", ["caller_origin": "recon"]) == nil)
    }
  }

  private func check(_ bench: WalletBench, brand: String?) async throws -> WalletCall {
    try await bench.send("/internal/wallet/topology/check", as: .recon, brand: brand, body: Self.document)
  }
}
