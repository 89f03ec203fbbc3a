import Foundation
import TestSupport
import Testing

@Suite("cordon db and cordon brand")
struct DatabaseCommandTests {
  private struct Status: Decodable {
    let currentHead: Int
    let expectedHead: Int
    let isCurrent: Bool
    let pending: [String]
  }

  private func program(_ database: TestDatabase, redis: String? = nil) -> CordonProgram {
    var environment = ["CORDON_ENV": "test", "DATABASE_URL": database.url, "MIGRATE_DATABASE_URL": database.superuserURL]
    environment["REDIS_URL"] = redis
    return CordonProgram(environment: environment)
  }

  private func status(_ cordon: CordonProgram) async throws -> Status {
    let (status, output, messages) = try await cordon.run("db", "status", "--json")
    #expect(status == 0, "\(messages)")
    return try decode(Status.self, output)
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ output: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(output.utf8))
  }

  @Test("S4-START-02 status tells the current and the expected head, before and after a migration")
  func migrate() async throws {
    try await TestDatabase.leaseEmpty { database in
      let cordon = program(database)
      let before = try await status(cordon)
      #expect(before.currentHead == 0)
      #expect(before.expectedHead > 0)
      #expect(before.pending.count == before.expectedHead)
      let checked = try await cordon.run("db", "status", "--check").status
      #expect(checked == 3)

      let planned = try await cordon.run("db", "migrate", "--dry-run")
      #expect(planned.output.split(separator: "\n").count == before.expectedHead)
      let untouched = try await status(cordon).currentHead
      #expect(untouched == 0)

      let first = try await cordon.run("db", "migrate").status
      let again = try await cordon.run("db", "migrate").status
      #expect([first, again] == [0, 0])
      let after = try await status(cordon)
      #expect(after.isCurrent)
      #expect(after.currentHead == before.expectedHead)
    }
  }

  @Test("in production a migration asks, and without a terminal it refuses; --yes answers; going down is refused in any case")
  func production() async throws {
    try await TestDatabase.leaseEmpty { database in
      var cordon = program(database)
      cordon.environment["CORDON_ENV"] = "production"
      let asked = try await cordon.run("db", "migrate")
      #expect(asked.status == 2)
      #expect(asked.messages.contains("--yes"))
      let told = try await cordon.run("db", "migrate", "--yes").status
      #expect(told == 0)
      let down = try await cordon.run("db", "migrate", "down", "--to", "0", "--yes").status
      #expect(down == 5)
    }
  }

  @Test("S0-MIG-16 migrations go up, down and up again outside production")
  func upDownUp() async throws {
    try await TestDatabase.leaseEmpty { database in
      let cordon = program(database)
      var statuses: [Int32] = []
      statuses.append(try await cordon.run("db", "migrate").status)
      statuses.append(try await cordon.run("db", "migrate", "down", "--to", "0", "--yes").status)
      let head = try await status(cordon).currentHead
      #expect(head == 0)
      statuses.append(try await cordon.run("db", "migrate").status)
      #expect(statuses == [0, 0, 0])
    }
  }

  @Test("validate passes the repository's migrations, and finds a gap in others")
  func validate() async throws {
    let cordon = CordonProgram()
    let good = try await cordon.run("db", "migrate", "validate", "--dir", MigrationFiles.directory)
    #expect(good.status == 0, "\(good.output)")
    let folder = FileManager.default.temporaryDirectory.appending(path: "cordon-ladder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in ["0001_first.sql", "0003_third.sql"] { try Data("SELECT 1;\n".utf8).write(to: folder.appending(path: file)) }
    let bad = try await cordon.run("db", "migrate", "validate", "--dir", folder.path)
    #expect(bad.status == 3)
    #expect(bad.output.contains("number 2 is missing before 3"))
  }

  @Test("a database that can't be reached is a temporary failure")
  func unreachable() async throws {
    let port = try FreePort.next()
    let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": "postgresql://a:b@127.0.0.1:\(port)/c"])
    #expect(try await cordon.run("db", "status").status == 75)
    #expect(try await cordon.run("brand", "list").status == 75)
    #expect(try await CordonProgram().run("brand", "list").status == 2)
  }

  @Test("S0-MIG-02 the inventory names every table with a brand, for programs too")
  func inventory() async throws {
    try await TestDatabase.lease { database in
      let (status, output, _) = try await program(database).run("db", "inventory", "--json")
      #expect(status == 0)
      struct Table: Decodable {
        let table: String
        let brandIdNullable: Bool
        let rowSecurityForced: Bool
      }
      let tables = try decode([Table].self, output)
      let counted = try await database.psql("SELECT count(*) FROM v_brand_scoped_table")
      #expect("\(tables.count)" == counted)
      #expect(tables.contains { $0.table == "wallet.wallet_ledger" })
      #expect(tables.filter(\.brandIdNullable).map(\.table) == ["cordon.shooter_sms"])
      #expect(tables.filter { !$0.rowSecurityForced }.map(\.table) == [])
    }
  }

  @Test(
    "S0-E2E-01 S0-E2E-02 S0-E2E-04 S0-MIG-03 S0-MIG-17 the seed can be repeated, no row lacks its brand, verify passes twice, and finds a column that lost its wall"
  )
  func seedAndVerify() async throws {
    try await TestRedis.lease { redis in
      try await TestDatabase.lease { database in
        let cordon = program(database, redis: redis.url)
        let counts = """
          SELECT (SELECT count(*) FROM brand), (SELECT count(*) FROM agent_brand), (SELECT count(*) FROM agent_setting),
            (SELECT count(*) FROM agent_domain), (SELECT count(*) FROM domain_binding), (SELECT count(*) FROM admin_audit)
          """
        let first = try await cordon.run("brand", "seed-two")
        #expect(first.status == 0, "\(first.messages)")
        let seeded = try await database.psql(counts)
        let second = try await cordon.run("brand", "seed-two")
        #expect(second.status == 0)
        let repeated = try await database.psql(counts)
        #expect(seeded == repeated)
        #expect(seeded.hasPrefix("2|2|2|2|"))

        let tables = try await database.psql("SELECT schema_name || '.' || table_name FROM v_brand_scoped_table ORDER BY 1")
          .split(separator: "\n").filter { $0 != "cordon.shooter_sms" }
        #expect(tables.count > 10)
        let nameless = tables.map { "SELECT '\($0)' FROM \($0) WHERE brand_id IS NULL" }.joined(separator: " UNION ALL ")
        #expect(try await database.psql(nameless) == "")

        for _ in 1...2 {
          let verified = try await cordon.run("db", "backfill", "verify")
          #expect(verified.status == 0, "\(verified.output)")
        }
        try await database.psql(
          "ALTER TABLE cordon.bank DROP CONSTRAINT bank_pkey CASCADE; ALTER TABLE cordon.bank ALTER COLUMN brand_id DROP NOT NULL")
        let broken = try await cordon.run("db", "backfill", "verify")
        #expect(broken.status == 3)
        #expect(broken.output.contains("cordon.bank"))
      }
    }
  }

  @Test("the seed refuses a production environment")
  func seedInProduction() async throws {
    try await TestDatabase.lease { database in
      var cordon = program(database, redis: "redis://127.0.0.1:1")
      cordon.environment["CORDON_ENV"] = "staging"
      let status = try await cordon.run("brand", "seed-two").status
      #expect(status == 5)
    }
  }

  @Test("bindings that Redis lost come back with one command, and a dry run only names them")
  func bindings() async throws {
    try await TestRedis.lease { redis in
      try await TestDatabase.lease { database in
        let cordon = program(database, redis: redis.url)
        _ = try await cordon.run("brand", "seed-two")
        await redis.stopForRestart()
        try await redis.startAgain()
        let planned = try await cordon.run("brand", "bindings", "rebuild", "--dry-run")
        #expect(planned.output.contains("would repair brand2.local"))
        let rebuilt = try await cordon.run("brand", "bindings", "rebuild")
        #expect(rebuilt.output.contains("repaired brand2.local"))
        let again = try await cordon.run("brand", "bindings", "rebuild", "--json")
        #expect(again.status == 0)
        #expect(again.output.contains(#""repaired":[]"#))
        let verified = try await cordon.run("db", "backfill", "verify").status
        #expect(verified == 0)
      }
    }
  }

  @Test("brands are listed for people and for programs")
  func list() async throws {
    try await TestDatabase.lease { database in
      let cordon = program(database)
      let text = try await cordon.run("brand", "list").output
      #expect(text.contains("default") && text.contains("EUR"))
      let json = try await cordon.run("brand", "list", "--json").output
      #expect(json.contains(#""brand_code":"default""#))
    }
  }
}
