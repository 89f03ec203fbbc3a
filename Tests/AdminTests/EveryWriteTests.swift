import Audit
import Contracts
import HTTPTypes
import Kernel
import Platform
import TestSupport
import Testing

/// What holds for each write, whoever adds the next one.
@Suite("Every write of the admin role")
struct EveryWriteTests {
  private static func writes(_ bench: AdminBench) throws -> [(endpoint: Endpoint, sample: WriteSample)] {
    let writes = bench.endpoints.filter { $0.method != .get && $0.access != .open }
    return try writes.map { endpoint in
      (endpoint, try #require(WriteSample.all[endpoint.operationID], "\(endpoint.operationID) has no sample; add one"))
    }
  }

  private static func send(
    _ sample: WriteSample, _ endpoint: Endpoint, _ bench: AdminBench, as caller: TestOperator?, brand: String? = "1",
    operatorID: String?? = .none, body: String? = nil
  ) async throws -> AdminCall {
    try await bench.send(
      endpoint.method.rawValue, sample.path, as: caller, brand: brand, operatorID: operatorID, key: sample.key, body: body ?? sample.body)
  }

  /// Where the answer differs from the one that the endpoint declares.
  private static func faults(_ call: AdminCall, _ endpoint: Endpoint) throws -> [SchemaFault] {
    guard (200..<300).contains(call.status), let schema = endpoint.reply.schema else { return [] }
    return SchemaRules.faults(of: try JSONDocument.parse(Array(call.text.utf8)), against: schema)
  }

  @Test(
    "S0-ADM-28 S0-AUD-12 S0-AUD-13 S0-AUD-14 S0-AUD-15 S0-AUD-16 leaves audit rows that say who, what, on which thing, and no row without a brand"
  )
  func audited() async throws {
    try await AdminBench.run { bench in
      for (endpoint, sample) in try Self.writes(bench) {
        if let preparation = sample.preparation { try await bench.database.psql(preparation) }
        let before = try await bench.auditCount()
        let caller: TestOperator = endpoint.access == .superAdmin ? .root : .one
        let call = try await Self.send(sample, endpoint, bench, as: caller)
        #expect(call.status == sample.status, "\(endpoint.operationID): \(call.text)")
        let faults = try Self.faults(call, endpoint)
        #expect(faults.isEmpty, "\(endpoint.operationID): \(faults)")
        let added = try await bench.audit(last: bench.auditCount() - before)
        #expect(!added.isEmpty, "\(endpoint.operationID) left no audit row")
        #expect(added.contains("\(sample.audit)|\(caller.id ?? "")"), "\(endpoint.operationID): \(added)")
        let incomplete = try await bench.database.psql(
          "SELECT count(*) FROM (SELECT * FROM admin_audit WHERE audit_id <> 900 ORDER BY audit_id DESC LIMIT 1) AS newest WHERE operator_id <> '\(caller.id ?? "")' OR request_id IS NULL"
        )
        #expect(incomplete == "0", "\(endpoint.operationID)")
      }
      let tables = try await bench.database.psql("SELECT schema_name || '.' || table_name FROM v_brand_scoped_table ORDER BY 1")
        .split(separator: "\n").filter { $0 != "cordon.shooter_sms" }
      #expect(tables.count > 10)
      let nameless = tables.map { "SELECT '\($0)' FROM \($0) WHERE brand_id IS NULL" }.joined(separator: " UNION ALL ")
      #expect(try await bench.database.psql(nameless) == "", "rows without a brand")
    }
  }

  @Test("S0-ADM-04 S0-ADM-05 S0-PEN-04 refuses an X-Operator-Id that isn't the token's, and a token without admin_id, and counts both")
  func crossCheck() async throws {
    try await AdminBench.run { bench in
      let writes = try Self.writes(bench)
      for (endpoint, sample) in writes {
        for wrong in ["someone-else", nil, "OPS:ROOT"] as [String?] {
          let call = try await Self.send(sample, endpoint, bench, as: .root, operatorID: .some(wrong))
          #expect(call.status == 403 && call.reason == "header_vs_jwt", "\(endpoint.operationID) \(wrong ?? "-")")
        }
        let nameless = try await Self.send(sample, endpoint, bench, as: .nameless, operatorID: "ops:root")
        #expect(nameless.status == 403 && nameless.reason == "jwt_missing_claim", "\(endpoint.operationID)")
      }
      let count = Double(writes.count)
      #expect(bench.admin.metric("admin_operator_id_mismatch_total", ["reason": "header_vs_jwt"]) == 3 * count)
      #expect(bench.admin.metric("admin_operator_id_mismatch_total", ["reason": "jwt_missing_claim"]) == count)
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test("refuses a request without a token")
  func unauthenticated() async throws {
    try await AdminBench.run { bench in
      for (endpoint, sample) in try Self.writes(bench) {
        let call = try await Self.send(sample, endpoint, bench, as: nil, operatorID: "ops:root")
        #expect(call.status == 401 && call.reason == "unauthenticated", "\(endpoint.operationID)")
      }
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test("S0-CFG-08 S0-ADM-24 is for super-admins alone where it touches the platform, and each of theirs is counted")
  func superAdmins() async throws {
    try await AdminBench.run { bench in
      for (endpoint, sample) in try Self.writes(bench) where endpoint.access == .superAdmin {
        let refused = try await Self.send(sample, endpoint, bench, as: .both)
        #expect(refused.status == 403 && refused.reason == "super_admin_required", "\(endpoint.operationID)")
        #expect(bench.admin.metric("admin_platform_global_access_total", ["route": endpoint.path]) == nil)
        let accepted = try await Self.send(sample, endpoint, bench, as: TestOperator(id: "ops:super", role: "super", brands: []))
        #expect(accepted.status == sample.status, "\(endpoint.operationID): \(accepted.text)")
        #expect(bench.admin.metric("admin_platform_global_access_total", ["route": endpoint.path]) == 1)
      }
    }
  }

  @Test("S0-ADM-12 S0-ADM-14 S0-ADM-29 fails loud without X-Brand-Id where it is a brand's, and takes no brand from the body")
  func brandRequired() async throws {
    try await AdminBench.run { bench in
      let state = "SELECT (SELECT count(*) FROM wallet.wallet_command), (SELECT count(*) FROM brand_config), (SELECT count(*) FROM agent)"
      let before = try await bench.database.psql(state)
      for (endpoint, sample) in try Self.writes(bench) where endpoint.access == .operatorWrite {
        for caller in [TestOperator.one, .both, .root] {
          let call = try await Self.send(sample, endpoint, bench, as: caller, brand: nil)
          #expect(call.status == 400 && call.reason == "brand_required" && call.legacyStatus == 54, "\(endpoint.operationID): \(call.text)")
          #expect(call.text("detail") == "Brand context required for \(endpoint.path)")
        }
        if let body = sample.body {
          let smuggled = #"{"brand_id":1,"# + body.dropFirst()
          let call = try await Self.send(sample, endpoint, bench, as: .root, brand: nil, body: smuggled)
          #expect(call.status == 400, "\(endpoint.operationID): \(call.text)")
          let contradicting = #"{"brand_id":2,"# + body.dropFirst()
          let second = try await Self.send(sample, endpoint, bench, as: .root, brand: "1", body: contradicting)
          #expect(second.status == 400 && second.reason == "unknown_field", "\(endpoint.operationID): \(second.text)")
        }
      }
      #expect(try await bench.database.psql(state) == before)
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test("S0-ADM-13 refuses another brand's operator, a brand that is none, and one that doesn't exist")
  func otherBrand() async throws {
    try await AdminBench.run { bench in
      for (endpoint, sample) in try Self.writes(bench) where endpoint.access == .operatorWrite {
        let foreign = try await Self.send(sample, endpoint, bench, as: .two, brand: "1")
        #expect(foreign.status == 403 && foreign.reason == "forbidden", "\(endpoint.operationID)")
        for none in ["0", "-1", "abc", "01", "9223372036854775808"] {
          let call = try await Self.send(sample, endpoint, bench, as: .root, brand: none)
          #expect(call.status == 400, "\(endpoint.operationID) \(none): \(call.text)")
        }
        let absent = try await Self.send(sample, endpoint, bench, as: .root, brand: "4711")
        #expect(absent.status == 404, "\(endpoint.operationID): \(absent.text)")
      }
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test("and every read answers in the shape that it declares")
  func reads() async throws {
    try await AdminBench.run { bench in
      for body in [#"{"value":[1,{"a":null}]}"#, #"{"value":0.5}"#] {
        _ = try await bench.send("PUT", "/v1/admin/brand-config/some_key", body: body)
        _ = try await bench.send("PUT", "/v1/admin/global-vars/other_key", as: .root, brand: nil, body: body)
      }
      try await bench.database.psql(
        """
        INSERT INTO player_balance_log (brand_id, player_id, change_type, currency, amount, balance_before, balance_after)
          VALUES (1, 1, 'deposit', 'EUR', 5, 0, 5);
        INSERT INTO player_login (brand_id, account_key, outcome) VALUES (1, 'alice', 'invalid_credentials');
        """)
      let signer = try BenchSigner(bench)
      defer { signer.end() }
      await signer.worker.round()
      let arguments = [
        "{brand_id}": "1", "{host}": "old.local", "{key}": "some_key", "{agent_id}": "1", "{ledger}": "player_balance_log", "{seq}": "1",
      ]
      for endpoint in bench.endpoints where endpoint.method == .get {
        var path = endpoint.path
        for (name, value) in arguments { path = path.split(separator: name, omittingEmptySubsequences: false).joined(separator: value) }
        let call = try await bench.get(path, as: .root)
        #expect(call.status == 200, "\(endpoint.operationID): \(call.text)")
        let faults = try Self.faults(call, endpoint)
        #expect(faults.isEmpty, "\(endpoint.operationID): \(faults)")
      }
    }
  }

  @Test("answers garbage with a refusal and never with a failure")
  func hostileBodies() async throws {
    try await AdminBench.run { bench in
      let bodies = [
        "", "{", "[]", "null", "\"x\"", "{}", #"{"a":1,"a":2}"#, "{\"name\":\"\u{0}\"}", #"{"value":"\u0000"}"#, #"{"value":1e400000}"#,
        #"{"value":\#(String(repeating: "9", count: 4000))}"#, #"{"name":"   ","value":null,"reason":""}"#,
        #"{"settings":{"":1}}"#, #"{"settings":{"UPPER":1}}"#, #"{"settings":{"k":{"\u0000":1}}}"#,
        String(repeating: "[", count: 200), #"{"amount":9223372036854775808,"currency":"EUR","reason":"x"}"#,
        #"{"amount":1.5,"currency":"EUR","reason":"x"}"#, #"{"agent_id":1,"level_id":1}"#, #"{"agent_id":-1}"#, #"{"status":"maybe"}"#,
      ]
      for (endpoint, sample) in try Self.writes(bench) where endpoint.bodySchema != nil {
        for body in bodies {
          let call = try await Self.send(sample, endpoint, bench, as: .root, body: body)
          let mayPass = endpoint.operationID == "setBrandConfig" || endpoint.operationID == "updateGlobalVar"
          #expect(
            (400..<500).contains(call.status) || (mayPass && call.status == 200), "\(endpoint.operationID) \(body.prefix(40)): \(call.text)"
          )
        }
      }
    }
  }
}
