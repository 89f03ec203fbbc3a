import Contracts
import Kernel
import Platform
import TestSupport
import Testing

@Suite("The back office")
struct BackOfficeTests {
  @Test("S0-ADM-02 S0-ADM-03 S0-E2E-21 C-35 no path of the removed back office answers, with or without a token, under any method")
  func removedPaths() async throws {
    try await AdminBench.run { bench async throws in
      for family in ["user", "pushbullet", "shooter", "web/rules", "web/faq", "web/config"] {
        #expect(RemovedPaths.families.contains("/api/admin/\(family)"))
      }
      for path in RemovedPaths.all {
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
          for caller in [TestOperator.root, nil] {
            #expect(try await bench.send(method, path, as: caller).status == 404, "\(method) \(path)")
          }
        }
      }
    }
  }

  @Test("S0-ADM-17 a log is refused to a call that names no brand, also to an operator who has only one")
  func logsNeedABrand() async throws {
    try await AdminBench.run { bench in
      for path in ["/v1/admin/logs/player-balance", "/v1/admin/logs/player-login"] {
        for caller in [TestOperator.one, .both, .root] {
          let call = try await bench.get(path, as: caller, brand: nil)
          #expect(call.status == 400 && call.reason == "brand_required" && call.legacyStatus == 54)
        }
        #expect(try await bench.get(path, as: .two, brand: "1").status == 403)
      }
    }
  }

  @Test("logs hold the brand's own rows, page by page and player by player")
  func logs() async throws {
    try await AdminBench.run { bench in
      try await bench.database.psql(
        """
        INSERT INTO player_balance_log (brand_id, player_id, change_type, currency, amount, balance_before, balance_after) VALUES
          (1, 1, 'deposit', 'EUR', 5, 0, 5), (2, 1, 'deposit', 'USD', 7, 0, 7), (1, 2, 'deposit', 'EUR', 9, 0, 9);
        INSERT INTO player_login (brand_id, account_key, outcome) VALUES (1, 'alice', 'invalid_credentials'), (2, 'bob', 'success');
        """)
      let all = try await bench.get("/v1/admin/logs/player-balance?limit=1")
      #expect(all.rows.map { $0["amount"] as? Int } == [9])
      let rest = try await bench.get("/v1/admin/logs/player-balance?limit=1&cursor=\(try #require(all.nextCursor))")
      #expect(rest.rows.map { $0["amount"] as? Int } == [5] && rest.nextCursor == nil)
      #expect(try await bench.get("/v1/admin/logs/player-balance?player_id=2").rows.map { $0["amount"] as? Int } == [9])
      #expect(try await bench.get("/v1/admin/logs/player-login").rows.map { $0["account"] as? String } == ["alice"])
      #expect(try await bench.get("/v1/admin/logs/player-login", as: .two, brand: "2").rows.map { $0["account"] as? String } == ["bob"])
    }
  }

  @Test("S0-ADM-01 S0-ADM-16 S0-AUD-13 agents are admitted, refused and listed per brand")
  func agents() async throws {
    try await AdminBench.run { bench in
      let path = "/v1/admin/agent-brands"
      #expect(try await bench.get(path).rows.map { $0["agent_id"] as? Int } == [1])
      #expect(try await bench.get("\(path)/2").status == 404)
      // Another brand's agent is none to who may not act there: its number gives neither its name nor its being away.
      let (foreign, absent) = (
        try await bench.send("PUT", "\(path)/2", body: #"{"status":"enabled"}"#),
        try await bench.send("PUT", "\(path)/4711", body: #"{"status":"enabled"}"#)
      )
      #expect(foreign.status == 404 && foreign.reason == absent.reason && absent.status == 404, "\(foreign.text)")
      #expect(try await bench.database.psql("SELECT count(*) FROM agent_brand WHERE brand_id = 1 AND agent_id = 2") == "0")
      #expect(try await bench.send("PUT", "\(path)/2", as: .both, body: #"{"status":"enabled"}"#).status == 200)
      let page = try await bench.get("\(path)?limit=1")
      #expect(page.rows.map { $0["agent_id"] as? Int } == [1])
      #expect(try await bench.get("\(path)?limit=1&cursor=\(try #require(page.nextCursor))").rows.map { $0["agent_id"] as? Int } == [2])
      #expect(try await bench.send("DELETE", "\(path)/2").status == 204)
      #expect(try await bench.get("\(path)/2").text("status") == "disabled")
      #expect(try await bench.get("\(path)?status=enabled").rows.map { $0["agent_id"] as? Int } == [1])
      #expect(try await bench.get("\(path)?status=disabled").rows.map { $0["agent_id"] as? Int } == [2])
      #expect(try await bench.get(path, as: .two, brand: "2").rows.map { $0["agent_id"] as? Int } == [1, 2])
      #expect(
        try await bench.database.psql("SELECT action, old_value->>'status', new_value->>'status' FROM admin_audit ORDER BY audit_id")
          == "AGENT_BRAND_ENABLE||enabled\nAGENT_BRAND_DISABLE|enabled|disabled")
      let created = try await bench.send("POST", "/v1/admin/agents", body: #"{"name":"Third"}"#)
      let id = try #require(created.integer("agent_id"))
      #expect(try await bench.database.psql("SELECT brand_id FROM agent_brand WHERE agent_id = \(id)") == "1")
      #expect(try await bench.database.psql("SELECT brand_id FROM agent_setting WHERE agent_id = \(id)") == "1")
    }
  }

  @Test("S0-ADM-15 an agent is admitted in several brands at once only by who may act in each, and then in each")
  func agentBrands() async throws {
    try await AdminBench.run { bench in
      func create(_ brands: String, as caller: TestOperator) async throws -> AdminCall {
        try await bench.send("POST", "/v1/admin/agents", as: caller, body: #"{"name":"Third","brand_ids":\#(brands)}"#)
      }
      let before = try await bench.database.psql("SELECT count(*) FROM agent")
      let foreign = try await create("[1,2]", as: .one)
      #expect(foreign.status == 403 && foreign.reason == "forbidden", "\(foreign.text)")
      for (brands, status) in [("[2]", 400), ("[]", 400), ("[1,1]", 400), ("[1,4711]", 404), ("[1,0]", 400)] {
        #expect(try await create(brands, as: .root).status == status, "\(brands)")
      }
      #expect(try await bench.database.psql("SELECT count(*) FROM agent") == before)
      let created = try await create("[1,2]", as: .both)
      let id = try #require(created.integer("agent_id"), "\(created.text)")
      for table in ["agent_brand", "agent_setting"] {
        let brands = try await bench.database.psql("SELECT string_agg(brand_id::text, ',' ORDER BY 1) FROM \(table) WHERE agent_id = \(id)")
        #expect(brands == "1,2", "\(table)")
      }
      #expect(try await bench.audit(last: 2) == ["AGENT_CREATE|agent|\(id)|ops:both", "AGENT_BRAND_ENABLE|agent_brand|\(id)|ops:both"])
      #expect(try await bench.database.psql("SELECT string_agg(brand_id::text, ',' ORDER BY audit_id) FROM admin_audit") == "1,2")
    }
  }

  @Test("S0-ADM-26 no table has the integer `project` any more")
  func noProject() async throws {
    try await AdminBench.run { bench async throws in
      let sql = "SELECT count(*) FROM information_schema.columns WHERE column_name IN ('project', 'project_id')"
      #expect(try await bench.database.psql(sql) == "0")
    }
  }
}
