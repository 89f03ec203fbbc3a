/// One request of each write that the admin role has, for the tests that go through all of them.
struct WriteSample: Sendable {
  let path: String
  let body: String?
  var key: String?
  /// What the request is answered with when everything about it is in order.
  let status: Int
  /// The newest audit row of the act: `ACTION|resource|key`.
  let audit: String
  /// What has to be there first.
  var preparation: String?

  /// By operation id. A write without a sample fails the tests, so that none is forgotten.
  static let all: [String: WriteSample] = [
    "createBrand": .init(
      path: "/v1/admin/brands", body: #"{"brand_code":"brand3","name":"Three","default_currency":"GBP"}"#, status: 201,
      audit: "BRAND_CREATE|brand|3"),
    "updateBrand": .init(path: "/v1/admin/brands/2", body: #"{"name":"Renamed"}"#, status: 200, audit: "BRAND_UPDATE|brand|2"),
    "disableBrand": .init(path: "/v1/admin/brands/2/disable", body: #"{"reason":"a drill"}"#, status: 200, audit: "BRAND_DISABLE|brand|2"),
    "enableBrand": .init(
      path: "/v1/admin/brands/2/enable", body: #"{"reason":"the drill is over"}"#, status: 200, audit: "BRAND_ENABLE|brand|2"),
    "publishBrandCatalog": .init(
      path: "/v1/admin/brands/catalog/publish", body: nil, status: 200, audit: "BRAND_CATALOG_PUBLISH|brand|catalogue"),
    "bindDomain": .init(
      path: "/v1/admin/domains/new.local", body: #"{"agent_id":1}"#, status: 200, audit: "DOMAIN_BIND|domain_binding|new.local"),
    "unbindDomain": .init(path: "/v1/admin/domains/old.local", body: nil, status: 204, audit: "DOMAIN_UNBIND|domain_binding|old.local"),
    "rebuildDomains": .init(
      path: "/v1/admin/domain-bindings/rebuild", body: nil, status: 200, audit: "DOMAIN_BINDINGS_REBUILD|domain_binding|all"),
    "setBrandConfig": .init(
      path: "/v1/admin/brand-config/cashback_rate", body: #"{"value":0.05}"#, status: 200,
      audit: "BRAND_CONFIG_SET|brand_config|cashback_rate"),
    "deleteBrandConfig": .init(
      path: "/v1/admin/brand-config/rebate_rate", body: nil, status: 204, audit: "BRAND_CONFIG_DELETE|brand_config|rebate_rate",
      preparation: "INSERT INTO brand_config (brand_id, key, value, updated_by) VALUES (1, 'rebate_rate', '0.1', 'test')"),
    "revertBrandConfig": .init(
      path: "/v1/admin/brand-config-reversions", body: #"{"audit_id":900,"reason":"a slip"}"#, status: 200,
      audit: "BRAND_CONFIG_REVERT|brand_config|lossback_rate",
      preparation: """
        INSERT INTO admin_audit (audit_id, brand_id, operator_id, action, resource, resource_key, old_value, new_value) OVERRIDING SYSTEM VALUE
        VALUES (900, 1, 'ops:one', 'BRAND_CONFIG_SET', 'brand_config', 'lossback_rate', '0.3', '0')
        """),
    "updateGlobalVar": .init(
      path: "/v1/admin/global-vars/site_name", body: #"{"value":"Cordon"}"#, status: 200, audit: "GLOBAL_VAR_SET|global_var|site_name"),
    "updateSettings": .init(
      path: "/v1/admin/settings", body: #"{"settings":{"a":1,"b":[true]}}"#, status: 200, audit: "SETTINGS_UPDATE|global_var|b"),
    "updateMaintenance": .init(
      path: "/v1/admin/maintenance", body: #"{"enabled":true,"message":"Back soon"}"#, status: 200,
      audit: "MAINTENANCE_UPDATE|global_var|maintenance"),
    "createAgent": .init(path: "/v1/admin/agents", body: #"{"name":"Third agent"}"#, status: 201, audit: "AGENT_CREATE|agent|3"),
    "setAgentBrand": .init(
      path: "/v1/admin/agent-brands/1", body: #"{"status":"enabled"}"#, status: 200, audit: "AGENT_BRAND_ENABLE|agent_brand|1"),
    "deleteAgentBrand": .init(path: "/v1/admin/agent-brands/1", body: nil, status: 204, audit: "AGENT_BRAND_DISABLE|agent_brand|1"),
    "depositManually": .init(
      path: "/v1/admin/players/1/deposits", body: #"{"amount":1000,"currency":"EUR","reason":"goodwill"}"#, key: "deposit-1", status: 201,
      audit: "PLAYER_DEPOSIT|player_wallet|1"),
    "adjustPlayer": .init(
      path: "/v1/admin/players/1/adjustments", body: #"{"amount":5,"currency":"EUR","bucket":"cash","reason":"rounding"}"#, key: "adjust-1",
      status: 201, audit: "PLAYER_ADJUST|player_wallet|1"),
    "approveDeposit": .decision("deposits", "approve", "DEPOSIT_APPROVE"),
    "declineDeposit": .decision("deposits", "decline", "DEPOSIT_DECLINE"),
    "approveWithdrawal": .decision("withdrawals", "approve", "WITHDRAW_APPROVE"),
    "declineWithdrawal": .decision("withdrawals", "decline", "WITHDRAW_DECLINE"),
    "payWithdrawal": .decision("withdrawals", "pay", "WITHDRAW_PAY"),
  ]

  /// A step of a transaction that doesn't exist: the wallet refuses, and the audit has the attempt and its end.
  private static func decision(_ kind: String, _ verb: String, _ action: String) -> WriteSample {
    .init(
      path: "/v1/admin/players/1/\(kind)/019a0000-0000-7000-8000-000000000001/\(verb)", body: #"{"reason":"checked"}"#,
      key: "\(kind)-\(verb)", status: 404, audit: "\(action)|player_wallet|1")
  }
}
