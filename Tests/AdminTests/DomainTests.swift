import Kernel
import Platform
import Redis
import TestSupport
import Testing

@Suite("Host bindings")
struct DomainTests {
  private static func rebuild(_ bench: AdminBench) async throws -> AdminCall {
    try await bench.send("POST", "/v1/admin/domain-bindings/rebuild", as: .root, brand: nil)
  }

  @Test("S0-RES-02 S0-RES-03 S0-RES-19 a binding stands in PostgreSQL and Redis, can be changed in place, and goes from both")
  func lifecycle() async throws {
    try await AdminBench.run { bench async throws in
      let path = "/v1/admin/domains/shop.example"
      #expect(try await bench.send("PUT", path, body: #"{"agent_id":1}"#).status == 200)
      #expect(try await bench.redisValue("domain:agent:shop.example") == #"{"brand_id":1,"agent_id":1}"#)
      #expect(try await bench.database.psql("SELECT brand_id, agent_id FROM agent_domain WHERE host = 'shop.example'") == "1|1")
      #expect(try await bench.get(path).text("redis") == "same")
      #expect(try await bench.send("PUT", path, body: #"{"level_id":7}"#).status == 200)
      #expect(try await bench.redisValue("domain:agent:shop.example") == nil)
      #expect(try await bench.redisValue("domain:level:shop.example") == #"{"brand_id":1,"level_id":7}"#)
      #expect(try await bench.database.psql("SELECT count(*) FROM agent_domain WHERE host = 'shop.example'") == "0")
      #expect(try await bench.send("DELETE", path).status == 204)
      #expect(try await bench.redisValue("domain:level:shop.example") == nil)
      #expect(try await bench.database.psql("SELECT count(*) FROM domain_binding WHERE host = 'shop.example'") == "0")
      #expect(try await bench.send("DELETE", path).status == 404)
      #expect(
        try await bench.database.psql("SELECT action, old_value->>'agent_id', new_value->>'level_id' FROM admin_audit ORDER BY audit_id")
          == "DOMAIN_BIND||\nDOMAIN_BIND|1|7\nDOMAIN_UNBIND||")
    }
  }

  @Test("another brand's host can't be taken, read or released")
  func foreign() async throws {
    try await AdminBench.run { bench in
      let path = "/v1/admin/domains/old.local"
      for caller in [TestOperator.two, .root] {
        let taken = try await bench.send("PUT", path, as: caller, brand: "2", body: #"{"agent_id":1}"#)
        #expect(taken.status == 409 && taken.reason == "domain_taken")
        #expect(try await bench.get(path, as: caller, brand: "2").status == 404)
        #expect(try await bench.send("DELETE", path, as: caller, brand: "2").status == 404)
      }
      #expect(try await bench.get("/v1/admin/domains", as: .two, brand: "2").rows.isEmpty)
      #expect(try await bench.database.psql("SELECT brand_id FROM domain_binding WHERE host = 'old.local'") == "1")
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test("an agent that the brand doesn't admit gets no host")
  func agentNotAdmitted() async throws {
    try await AdminBench.run { bench in
      for agent in [2, 4711] {
        let call = try await bench.send("PUT", "/v1/admin/domains/shop.example", body: #"{"agent_id":\#(agent)}"#)
        #expect(call.status == 409 && call.reason == "agent_not_admitted")
      }
      #expect(try await bench.redisValue("domain:agent:shop.example") == nil)
      #expect(try await bench.auditCount() == 0)
    }
  }

  @Test(
    "what is no host name leads nowhere",
    arguments: [
      "UPPER.example", "a..b", "-a.example", "a-.example", "a.example:80", "%2e%2e", "a%00b", "xn--%C3%A9",
      String(repeating: "a", count: 64),
    ])
  func hostNames(_ host: String) async throws {
    try await AdminBench.run { bench in
      let call = try await bench.send("PUT", "/v1/admin/domains/\(host)", body: #"{"level_id":1}"#)
      #expect(call.status == 404, "\(call.text)")
      #expect(try await bench.database.psql("SELECT count(*) FROM domain_binding") == "1")
    }
  }

  @Test("S0-RES-17 with Redis away the change is saved, said not to be in force, and counted; the same request finishes it")
  func redisAway() async throws {
    try await AdminBench.run { bench in
      await bench.redisServer.crash()
      let path = "/v1/admin/domains/shop.example"
      let call = try await bench.send("PUT", path, body: #"{"agent_id":1}"#)
      #expect(call.status == 503 && call.reason == "redis_error")
      #expect(try await bench.get(path).reason == "redis_error")
      #expect(bench.admin.metric("brand_resolution_failed_total", ["reason": "redis_error", "service": "admin_service"]) == 2)
      #expect(try await bench.database.psql("SELECT brand_id FROM domain_binding WHERE host = 'shop.example'") == "1")
      try await bench.redisServer.startAgain()
      try await eventually("Redis is back") { try await bench.send("PUT", path, body: #"{"agent_id":1}"#).status == 200 }
      #expect(try await bench.redisValue("domain:agent:shop.example") == #"{"brand_id":1,"agent_id":1}"#)
    }
  }

  @Test("stopped between the commit and Redis, whatever the change was, a rebuild repairs it and leaves an audit row")
  func rebuildRepairs() async throws {
    try await AdminBench.run { bench in
      // As it is after a stop: PostgreSQL has the change, Redis what was there before it.
      try await bench.database.psql("INSERT INTO domain_binding (host, kind, brand_id, agent_id) VALUES ('added.local', 'agent', 2, 1)")
      try await bench.redis.send(["SET", "domain:agent:old.local", #"{"brand_id":2,"agent_id":1}"#])
      try await bench.redis.send(["SET", "domain:level:removed.local", #"{"brand_id":1,"level_id":1}"#])
      #expect(try await bench.get("/v1/admin/domains/old.local").text("redis") == "different")
      let call = try await Self.rebuild(bench)
      #expect(call.object["repaired"] as? [String] == ["added.local", "old.local", "removed.local"])
      #expect(try await bench.redisValue("domain:agent:added.local") == #"{"brand_id":2,"agent_id":1}"#)
      #expect(try await bench.redisValue("domain:agent:old.local") == #"{"brand_id":1,"agent_id":1}"#)
      #expect(try await bench.redisValue("domain:level:removed.local") == nil)
      #expect(try await Self.rebuild(bench).object["repaired"] as? [String] == [])
      #expect(try await bench.audit(last: 2) == Array(repeating: "DOMAIN_BINDINGS_REBUILD|domain_binding|all|ops:root", count: 2))
    }
  }

  @Test("many changes of one host at once leave Redis with what PostgreSQL has")
  func concurrentChanges() async throws {
    try await AdminBench.run { bench in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...16 {
          group.addTask {
            _ = try await bench.send("PUT", "/v1/admin/domains/busy.local", body: #"{"level_id":\#(number)}"#)
            if number % 4 == 0 { _ = try await bench.send("DELETE", "/v1/admin/domains/busy.local") }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await DomainBindings(database: bench.app, redis: bench.redis).differences().map(\.host) == ["old.local"])
    }
  }
}
