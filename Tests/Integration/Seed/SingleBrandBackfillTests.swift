import Composition
import Platform
import Redis
import TestSupport
import Testing

@Suite("The backfill of what is from before brands")
struct SingleBrandBackfillTests {
  @Test("S0-MIG-03 S0-MIG-14 S0-MIG-15 S0-RES-20 agents and hosts without a brand become the default brand's, once, and verify then passes")
  func adopts() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      try await bench.database.psql("INSERT INTO agent (agent_id, name) VALUES (77, 'Old agent')")
      for (key, value) in [
        ("domain:agent:bare.example", "77"), ("domain:agent:text.example", "\"1\""), ("domain:agent:object.example", #"{"agent_id":1}"#),
        ("domain:level:level.example", #"{"level_id":4}"#),
      ] {
        try await bench.redis.send(["SET", RedisArgument(key), RedisArgument(value)])
      }
      let backfill = SingleBrandBackfill(database: bench.app, redis: bench.redis)
      let hosts = ["bare.example", "level.example", "object.example", "text.example"]
      let wanted = BackfillReport(agents: [77], hosts: hosts)
      #expect(try await backfill.run(after: try await bench.findings(), dryRun: true) == wanted)
      #expect(try await bench.value("domain:agent:bare.example") == "77")
      #expect(try await backfill.run(after: try await bench.findings()) == wanted)
      #expect(try await bench.value("domain:agent:bare.example") == #"{"brand_id":1,"agent_id":77}"#)
      #expect(try await bench.value("domain:level:level.example") == #"{"brand_id":1,"level_id":4}"#)
      #expect(try await bench.findings() == [])
      #expect(try await backfill.run(after: []) == BackfillReport(agents: [], hosts: []))
      #expect(try await bench.database.psql("SELECT count(*) FROM admin_audit WHERE operator_id = 'cordon-backfill'") == "5")
    }
  }

  @Test(
    "a value that nobody should guess at is left, and verify goes on naming it",
    arguments: [
      "", "0", "-1", "4711", "1.5", "[1]", #"{"agent_id":"1"}"#, #"{"agent_id":1,"x":2}"#, #"{"brand_id":0,"agent_id":1}"#, "\u{1}",
    ])
  func leaves(_ value: String) async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      try await bench.redis.send(["SET", "domain:agent:odd.example", RedisArgument(value)])
      #expect(try await SingleBrandBackfill(database: bench.app, redis: bench.redis).run(after: []).hosts == [])
      #expect(try await bench.value("domain:agent:odd.example") == value)
      #expect(try await bench.findings().count == 1)
    }
  }
}
