internal import Contracts
internal import TestSupport
internal import Testing

@Suite struct BrandRoutesTests {
  @Test(
    "S0-RES-16 a brand that nobody knows is unresolved_brand, and counted as that alone", arguments: ["/v1/brand", "/v1/payment-channels"])
  func unresolved(_ path: String) async throws {
    try await PlayerBench.run { bench in
      let call = try await bench.send("GET", path, brand: 99)
      #expect(call.status == 403)
      #expect(call.reason == "unresolved_brand")
      let counter = "brand_resolution_failed_total"
      #expect(bench.role.metric(counter, ["reason": "unresolved_brand", "service": "player_service"]) == 1)
      #expect(bench.role.metric(counter, ["reason": "missing_header", "service": "player_service"]) == 0)
    }
  }

  @Test("S0-CFG-04 a brand with its own payment channels offers them in its order, the other the global default")
  func channels() async throws {
    try await PlayerBench.run { bench in
      func channels(_ brand: Int64) async throws -> [String] {
        try await bench.send("GET", "/v1/payment-channels", brand: brand).decode(PaymentChannelsBody.self).paymentChannels
      }
      try await bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '2', true);
        INSERT INTO brand_config (brand_id, key, value, updated_by) VALUES (2, 'payment_channels', '["card","bank-transfer"]', 'test');
        COMMIT;
        """)
      #expect(try await channels(2) == ["card", "bank-transfer"])
      #expect(try await channels(1) == [])
      try await bench.database.psql(
        "INSERT INTO brand_config_default (version, key, value, description) VALUES (2, 'payment_channels', '[\"voucher\"]', 'x')")
      #expect(try await channels(1) == ["voucher"])
      #expect(try await channels(2) == ["card", "bank-transfer"])
    }
  }
}
