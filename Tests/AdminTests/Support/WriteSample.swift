/// One request of each write that the admin role has, for the tests that go through all of them.
struct WriteSample: Sendable {
  let path: String
  let body: String?
  var key: String?
  /// What the request is answered with when everything about it is in order.
  let status: Int
  /// What has to be there first.
  var preparation: String?

  /// By operation id. A write without a sample fails the tests, so that none is forgotten.
  static let all: [String: WriteSample] = [
    "createBrand": .init(
      path: "/v1/admin/brands", body: #"{"brand_code":"brand3","name":"Three","default_currency":"GBP"}"#, status: 201),
    "updateBrand": .init(path: "/v1/admin/brands/2", body: #"{"name":"Renamed"}"#, status: 200),
    "disableBrand": .init(path: "/v1/admin/brands/2/disable", body: #"{"reason":"a drill"}"#, status: 200),
    "enableBrand": .init(path: "/v1/admin/brands/2/enable", body: #"{"reason":"the drill is over"}"#, status: 200),
    "publishBrandCatalog": .init(path: "/v1/admin/brands/catalog/publish", body: nil, status: 200),
    "bindDomain": .init(path: "/v1/admin/domains/new.local", body: #"{"agent_id":1}"#, status: 200),
    "unbindDomain": .init(path: "/v1/admin/domains/old.local", body: nil, status: 204),
    "rebuildDomains": .init(path: "/v1/admin/domain-bindings/rebuild", body: nil, status: 200),
    "setBrandConfig": .init(path: "/v1/admin/brand-config/cashback_rate", body: #"{"value":0.05}"#, status: 200),
    "deleteBrandConfig": .init(
      path: "/v1/admin/brand-config/rebate_rate", body: nil, status: 204,
      preparation: "INSERT INTO brand_config (brand_id, key, value, updated_by) VALUES (1, 'rebate_rate', '0.1', 'test')"),
    "revertBrandConfig": .init(
      path: "/v1/admin/brand-config-reversions", body: #"{"audit_id":900,"reason":"a slip"}"#, status: 200,
      preparation: """
        INSERT INTO admin_audit (audit_id, brand_id, operator_id, action, resource, resource_key, old_value, new_value) OVERRIDING SYSTEM VALUE
        VALUES (900, 1, 'ops:one', 'BRAND_CONFIG_SET', 'brand_config', 'lossback_rate', '0.3', '0')
        """),
    "updateGlobalVar": .init(path: "/v1/admin/global-vars/site_name", body: #"{"value":"Cordon"}"#, status: 200),
    "updateSettings": .init(path: "/v1/admin/settings", body: #"{"settings":{"a":1,"b":[true]}}"#, status: 200),
    "updateMaintenance": .init(path: "/v1/admin/maintenance", body: #"{"enabled":true,"message":"Back soon"}"#, status: 200),
    "createAgent": .init(path: "/v1/admin/agents", body: #"{"name":"Third agent"}"#, status: 201),
    "setAgentBrand": .init(path: "/v1/admin/agent-brands/2", body: #"{"status":"enabled"}"#, status: 200),
    "deleteAgentBrand": .init(path: "/v1/admin/agent-brands/1", body: nil, status: 204),
    "depositManually": .init(
      path: "/v1/admin/players/1/deposits", body: #"{"amount":1000,"currency":"EUR","reason":"goodwill"}"#, key: "deposit-1", status: 201),
    "adjustPlayer": .init(
      path: "/v1/admin/players/1/adjustments", body: #"{"amount":5,"currency":"EUR","bucket":"cash","reason":"rounding"}"#, key: "adjust-1",
      status: 201),
    "approveDeposit": .decision("deposits", "approve"),
    "declineDeposit": .decision("deposits", "decline"),
    "approveWithdrawal": .decision("withdrawals", "approve"),
    "declineWithdrawal": .decision("withdrawals", "decline"),
    "payWithdrawal": .decision("withdrawals", "pay"),
  ]

  /// A step of a transaction that doesn't exist: the wallet refuses, and the audit has the attempt and its end.
  private static func decision(_ kind: String, _ verb: String) -> WriteSample {
    .init(
      path: "/v1/admin/players/1/\(kind)/019a0000-0000-7000-8000-000000000001/\(verb)", body: #"{"reason":"checked"}"#,
      key: "\(kind)-\(verb)", status: 404)
  }
}
