import Composition
import Platform
import Redis
import TestSupport
import Testing

@Suite("multi_brand_backfill verify")
struct BackfillVerificationTests {
  @Test("S0-MIG-12 S0-MIG-13 S0-MIG-17 a seeded stack passes, as often as it is asked")
  func passes() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      #expect(try await bench.findings() == [])
      #expect(try await bench.findings() == [])
      #expect(try await bench.database.psql("SELECT brand_id, status FROM brand WHERE brand_code = 'default'") == "1|enabled")
    }
  }

  @Test("S0-MIG-17 a table whose rows may lack a brand fails it; a role that sees all brands counts them")
  func nullBrand() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      // brand-global: test: a row without a brand is what must be found
      try await bench.database.psql(
        "CREATE TABLE cordon.fixture (brand_id bigint); INSERT INTO cordon.fixture VALUES (NULL), (1); SELECT cordon.isolate_by_brand('cordon.fixture')"
      )
      #expect(try await bench.findings() == [.brandMayBeNull(table: "cordon.fixture", nullRows: nil)])
      try await bench.database.psql("GRANT SELECT ON cordon.fixture TO cordon_app; ALTER TABLE cordon.fixture DISABLE ROW LEVEL SECURITY")
      #expect(
        try await bench.findings() == [
          .rowSecurityNotForced(table: "cordon.fixture"), .brandMayBeNull(table: "cordon.fixture", nullRows: 1),
        ])
    }
  }

  @Test("an agent in no brand and a disabled default brand are found")
  func catalogue() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      try await bench.database.psql(
        "INSERT INTO agent (agent_id, name) VALUES (77, 'Lost'); UPDATE brand SET status = 'disabled' WHERE brand_id = 1")
      #expect(try await bench.findings() == [.defaultBrandDisabled, .agentInNoBrand(77)])
    }
  }

  @Test(
    "S0-MIG-15 S0-RES-20 every key of a binding must hold one with a brand, and the one that PostgreSQL has",
    arguments: [
      ("SET", "domain:agent:default.local", "1"), ("SET", "domain:agent:default.local", #"{"agent_id":1}"#),
      ("SET", "domain:agent:default.local", #"{"brand_id":2,"agent_id":1}"#),
      ("SET", "domain:agent:stray.local", #"{"brand_id":1,"agent_id":1}"#),
      ("SET", "domain:level:default.local", #"{"brand_id":1,"level_id":1}"#), ("DEL", "domain:agent:brand2.local", ""),
    ])
  func bindings(_ command: (verb: String, key: String, value: String)) async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      let words = [command.verb, command.key] + (command.verb == "SET" ? [command.value] : [])
      try await bench.redis.send(words.map { RedisArgument($0) })
      #expect(try await bench.findings().count == 1)
      let bindings = DomainBindings(database: bench.app, redis: bench.redis)
      #expect(try await bindings.rebuild(dryRun: true).repaired.count == 1)
      #expect(try await bench.findings().count == 1)
      #expect(try await bindings.rebuild().left == [])
      #expect(try await bench.findings() == [])
    }
  }

  @Test("a value that is no binding of a host that PostgreSQL doesn't know is left and named")
  func unreadable() async throws {
    try await SeedBench.run { bench in
      try await bench.seed()
      try await bench.redis.send(["SET", "domain:agent:old.example", "7"])
      let rebuild = try await DomainBindings(database: bench.app, redis: bench.redis).rebuild()
      #expect(rebuild.left.map(\.host) == ["old.example"])
      #expect(try await bench.value("domain:agent:old.example") == "7")
    }
  }
}
