import Foundation
import Kernel
import TestSupport
import Testing

/// Topologies, policies and the calls that change them.
extension WalletBench {
  static let base =
    #""buckets":[{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false}],"bet_order":["bonus","cash"],"deposit_bucket":"cash","win_bucket":"cash""#
  /// One bucket more than the bench's own.
  static let wider =
    #"{"buckets":[{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false},{"name":"vault","withdrawable":true}],"bet_order":["bonus","cash"],"deposit_bucket":"vault","win_bucket":"cash"}"#
  /// Without `bonus`.
  static let narrower =
    #"{"buckets":[{"name":"cash","withdrawable":true}],"bet_order":["cash"],"deposit_bucket":"cash","win_bucket":"cash"}"#
  /// Names `bonus`.
  static let moving = #"{"limits":{},"transfers":[{"from":"cash","to":"bonus"}]}"#
  static let lenient = #"{"limits":{"authorize":{"min":1,"max":777}}}"#

  static let act = #""operator_id":"op-7","reason":"new season""#

  func draft(_ document: String, _ kind: String = "topology", brand: Int = 1) async throws -> WalletCall {
    try await send(
      "/internal/wallet/\(kind)/versions", as: .admin, brand: String(brand), body: #"{"document":\#(document),\#(Self.act)}"#)
  }

  /// The number of a draft that must be accepted.
  func drafted(
    _ document: String, _ kind: String = "topology", brand: Int = 1, _ location: SourceLocation = #_sourceLocation
  ) async throws -> Int {
    let call = try await draft(document, kind, brand: brand)
    #expect(call.status == 201, "\(call.text)", sourceLocation: location)
    return try #require(call.integer("version"), sourceLocation: location)
  }

  func activate(
    _ version: Int, _ kind: String = "topology", expected: Int, copy: Bool = false, brand: Int = 1
  ) async throws -> WalletCall {
    try await send(
      "/internal/wallet/\(kind)/versions/\(version)/activate", as: .admin, brand: String(brand),
      body: #"{"expected_active_version":\#(expected),"copy":\#(copy),\#(Self.act)}"#)
  }

  func discard(_ version: Int, _ kind: String = "topology", brand: Int = 1) async throws -> WalletCall {
    try await send(
      "/internal/wallet/\(kind)/versions/\(version)/discard", as: .admin, brand: String(brand), body: "{\(Self.act)}")
  }

  func document(_ path: String, brand: Int = 1) async throws -> WalletCall {
    try await send("/internal/wallet/\(path)", method: "GET", as: .admin, brand: String(brand))
  }

  func adjust(_ amount: Int, _ bucket: String, player: Int = 1, brand: Int = 1) async throws -> WalletCall {
    try await send(
      "/internal/wallet/adjust", as: .admin, brand: String(brand), key: UUID().uuidString,
      body:
        #"{"player_id":\#(player),"amount":\#(amount),"currency":"\#(Self.currency(brand))","bucket":"\#(bucket)","reason":"test"}"#)
  }

  /// All that the database says of a brand's documents, as text: equal texts mean that nothing changed.
  func versions(of brand: Int) async throws -> String {
    try await database.psql(
      """
      SELECT 'topology', t.* FROM wallet.wallet_topology AS t WHERE brand_id = \(brand) ORDER BY version;
      SELECT 'policy', p.* FROM wallet.wallet_policy AS p WHERE brand_id = \(brand) ORDER BY version;
      SELECT 'audit', count(*) FROM cordon.admin_audit WHERE brand_id = \(brand);
      """)
  }

  /// Both brands' policies name no bucket from now on: version 2, so that topologies can be tried by themselves.
  func plainPolicy() async throws {
    for brand in [1, 2] {
      try await database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '\(brand)', true);
        INSERT INTO wallet.wallet_policy (brand_id, version, document, created_by) VALUES (\(brand), 2, '{"limits":{}}', 'test');
        UPDATE wallet.wallet_policy SET status = 'retired', retired_at = now() WHERE brand_id = \(brand) AND version = 1;
        UPDATE wallet.wallet_policy SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = \(brand) AND version = 2;
        COMMIT;
        """)
    }
  }
}
