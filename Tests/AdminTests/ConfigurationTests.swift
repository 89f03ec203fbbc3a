import Kernel
import Platform
import TestSupport
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  private static let path = "/v1/admin/brand-config"

  private static func set(_ bench: AdminBench, _ key: String, _ value: String, as caller: TestOperator = .two, brand: String = "2")
    async throws -> AdminCall
  {
    try await bench.send("PUT", "\(path)/\(key)", as: caller, brand: brand, body: #"{"value":\#(value)}"#)
  }

  private static func resolved(_ bench: AdminBench, _ key: String, brand: Int64) async throws -> BrandSetting? {
    try await BrandSettings.resolve(key, brand: try #require(BrandID(brand)), in: bench.app)
  }

  @Test("S0-CFG-01 S0-CFG-05 S0-CFG-06 S0-AUD-12 a brand's value counts for it alone; each write leaves the value before it")
  func perBrand() async throws {
    try await AdminBench.run { bench async throws in
      #expect(try await Self.set(bench, "cashback_rate", "0.05").text("source") == "brand")
      #expect(try await Self.set(bench, "cashback_rate", "0.10").status == 200)
      #expect(try await bench.database.psql("SELECT brand_id, key, value FROM brand_config") == "2|cashback_rate|0.10")
      #expect(
        try await bench.database.psql("SELECT old_value, new_value FROM admin_audit WHERE resource = 'brand_config' ORDER BY audit_id")
          == "|0.05\n0.05|0.10")
      #expect(try await Self.resolved(bench, "cashback_rate", brand: 2)?.value == .number("0.10"))
      #expect(
        try await Self.resolved(bench, "cashback_rate", brand: 1)
          == BrandSetting(key: "cashback_rate", value: .number("0"), source: .globalDefault))
      #expect(try await bench.get("\(Self.path)/cashback_rate", as: .one).text("source") == "global_default")
      #expect(try await bench.send("DELETE", "\(Self.path)/cashback_rate", as: .two, brand: "2").status == 204)
      #expect(try await bench.send("DELETE", "\(Self.path)/cashback_rate", as: .two, brand: "2").status == 404)
      #expect(try await bench.get("\(Self.path)/cashback_rate", as: .two, brand: "2").text("source") == "global_default")
    }
  }

  @Test("S0-CFG-04 payment channels are each brand's own, else the global default")
  func channels() async throws {
    try await AdminBench.run { bench in
      #expect(try await Self.set(bench, "payment_channels", #"["card","bank-transfer"]"#).status == 200)
      let second = try await bench.get("\(Self.path)/payment_channels", as: .two, brand: "2")
      #expect(second.object["value"] as? [String] == ["card", "bank-transfer"])
      let first = try await bench.get("\(Self.path)/payment_channels")
      #expect(first.object["value"] as? [String] == [] && first.text("source") == "global_default")
      let keys = try await bench.get(Self.path).rows.compactMap { $0["key"] as? String }
      #expect(keys == ["cashback_rate", "lossback_rate", "payment_channels", "rebate_rate", "rolling_completion_ratio"])
    }
  }

  @Test("C-27 a key whose default is missing in the database has the program's constant")
  func builtIn() async throws {
    try await AdminBench.run { bench in
      try await bench.database.psql("DELETE FROM brand_config_default WHERE key = 'rolling_completion_ratio'")
      #expect(
        try await Self.resolved(bench, "rolling_completion_ratio", brand: 1)
          == BrandSetting(key: "rolling_completion_ratio", value: .number("1"), source: .builtIn))
      #expect(try await Self.resolved(bench, "nobody_knows_it", brand: 1) == nil)
      try await bench.database.psql(
        "INSERT INTO brand_config_default (version, key, value, description) VALUES (2, 'cashback_rate', '0.02', 'x')")
      #expect(try await Self.resolved(bench, "cashback_rate", brand: 1)?.value == .number("0.02"))
    }
  }

  @Test("S0-CFG-07 a platform key that a brand is given leaves global_var, and the other brands keep its value")
  func takeOver() async throws {
    try await AdminBench.run { bench in
      let set = try await bench.send("PUT", "/v1/admin/global-vars/welcome_text", as: .root, brand: nil, body: #"{"value":"Hello"}"#)
      #expect(set.status == 200)
      let refused = try await Self.set(bench, "welcome_text", #""Hola""#)
      #expect(refused.status == 403 && refused.reason == "super_admin_required")
      #expect(try await Self.set(bench, "welcome_text", #""Hola""#, as: .root).status == 200)
      #expect(try await bench.database.psql("SELECT g.key FROM global_var g JOIN brand_config b USING (key)") == "")
      #expect(try await bench.database.psql("SELECT count(*) FROM global_var") == "0")
      #expect(try await Self.resolved(bench, "welcome_text", brand: 2)?.value == .string("Hola"))
      #expect(try await Self.resolved(bench, "welcome_text", brand: 1)?.value == .string("Hello"))
      #expect(try await bench.audit(last: 2).map { String($0.split(separator: "|")[0]) } == ["GLOBAL_VAR_MOVE", "BRAND_CONFIG_SET"])
      #expect(bench.admin.metric("admin_platform_global_access_total", ["route": "/v1/admin/brand-config/{key}"]) == 1)
      let back = try await bench.send("PUT", "/v1/admin/global-vars/welcome_text", as: .root, brand: nil, body: #"{"value":"x"}"#)
      #expect(back.status == 409 && back.reason == "config_key_taken")
    }
  }

  @Test("S0-CFG-08 several platform settings are written together or not at all")
  func settingsAreOne() async throws {
    try await AdminBench.run { bench in
      let call = try await bench.send(
        "PUT", "/v1/admin/settings", as: .root, brand: nil, body: #"{"settings":{"a_first":1,"cashback_rate":0.5}}"#)
      #expect(call.status == 409 && call.reason == "config_key_taken")
      #expect(try await bench.database.psql("SELECT count(*) FROM global_var") == "0")
      #expect(try await bench.auditCount() == 0)
      let written = try await bench.send("PUT", "/v1/admin/settings", as: .root, brand: nil, body: #"{"settings":{"b":2,"a":1}}"#)
      #expect(written.rows.compactMap { $0["key"] as? String } == ["a", "b"])
      #expect(try await bench.get("/v1/admin/global-vars").rows.count == 2)
    }
  }

  @Test("S0-CFG-09 C-15 a bad write is taken back by the number of its audit row, also one that made the key or removed it")
  func revert() async throws {
    try await AdminBench.run { bench in
      func revert(_ body: String, as caller: TestOperator = .two, brand: String = "2") async throws -> AdminCall {
        try await bench.send("POST", "/v1/admin/brand-config-reversions", as: caller, brand: brand, body: body)
      }
      func newest() async throws -> String { try await bench.database.psql("SELECT max(audit_id) FROM admin_audit") }
      _ = try await Self.set(bench, "rolling_completion_ratio", "30")
      let first = try await newest()
      _ = try await Self.set(bench, "rolling_completion_ratio", "0")
      let bad = try await newest()
      #expect(try await revert(#"{"audit_id":\#(bad),"reason":"a slip"}"#, as: .one, brand: "1").status == 404)
      let reverted = try await revert(#"{"audit_id":\#(bad),"reason":"a slip"}"#)
      #expect(reverted.status == 200)
      #expect(try await bench.database.psql("SELECT value FROM brand_config") == "30")
      #expect(
        try await bench.database.psql("SELECT action, old_value, new_value, reason FROM admin_audit ORDER BY audit_id DESC LIMIT 1")
          == "BRAND_CONFIG_REVERT|0|30|audit \(bad): a slip")
      _ = try await bench.send("DELETE", "\(Self.path)/rolling_completion_ratio", as: .two, brand: "2")
      #expect(try await revert(#"{"audit_id":\#(try await newest()),"reason":"too much"}"#).status == 200)
      #expect(try await bench.database.psql("SELECT value FROM brand_config") == "30")
      #expect(try await revert(#"{"audit_id":\#(first),"reason":"all of it"}"#).status == 200)
      #expect(try await bench.database.psql("SELECT count(*) FROM brand_config") == "0")
    }
  }

  @Test("only rows about configuration can be taken back")
  func revertOther() async throws {
    try await AdminBench.run { bench in
      _ = try await bench.send("PUT", "/v1/admin/agent-brands/1", body: #"{"status":"enabled"}"#)
      let id = try await bench.database.psql("SELECT max(audit_id) FROM admin_audit")
      for audit in [id, "4711"] {
        let call = try await bench.send("POST", "/v1/admin/brand-config-reversions", body: #"{"audit_id":\#(audit),"reason":"x"}"#)
        #expect(call.status == 404)
      }
    }
  }

  @Test("first writes of one key at once each record the value that they replaced")
  func concurrentFirstWrites() async throws {
    try await AdminBench.run { bench in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...8 { group.addTask { try await Self.set(bench, "some_key", "\(number)").status } }
        for try await status in group { #expect(status == 200) }
      }
      #expect(try await bench.database.psql("SELECT count(*) FROM admin_audit WHERE old_value IS NULL") == "1")
      #expect(try await bench.database.psql("SELECT count(DISTINCT old_value) FROM admin_audit") == "7")
    }
  }

  @Test(
    "a value that the key can't have is refused",
    arguments: [
      ("cashback_rate", "1.000001"), ("cashback_rate", "-0.1"), ("cashback_rate", #""0.05""#), ("cashback_rate", "1e-2"),
      ("cashback_rate", "0.0000001"), ("cashback_rate", "null"), ("rolling_completion_ratio", "1000.5"),
      ("payment_channels", #"["a","a"]"#),
      ("payment_channels", #"[""]"#), ("payment_channels", #""card""#), ("anything", "1e400000"), ("anything", #"{"a":"\u0000"}"#),
      ("Upper", "1"), ("9lives", "1"), ("a-b", "1"),
    ])
  func values(_ sample: (key: String, value: String)) async throws {
    try await AdminBench.run { bench in
      let call = try await Self.set(bench, sample.key, sample.value)
      #expect(call.status == 400 && call.reason == "invalid_field", "\(call.text)")
      #expect(try await bench.auditCount() == 0)
    }
  }
}
