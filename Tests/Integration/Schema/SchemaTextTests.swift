internal import Kernel
internal import Logging
internal import Postgres
internal import TestSupport
internal import Testing

/// The schema as operators and engineers read it.
@Suite("Schema as text", .serialized)
struct SchemaTextTests {
  private static let ours = "('cordon', 'wallet', 'security', 'evidence')"

  @Test("every table, view, column, function, domain and schema explains itself to whoever types \\d+")
  func everythingIsCommented() async throws {
    try await SchemaProbe.run { probe in
      let silent = try await probe.rows(
        """
        SELECT c.oid::regclass::text || coalesce('.' || a.attname, '')
        FROM pg_class AS c
        JOIN (SELECT attrelid, attnum, attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped
              UNION ALL SELECT oid, 0, NULL FROM pg_class) AS a ON a.attrelid = c.oid
        WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace::regnamespace::text IN \(Self.ours)
          AND coalesce(col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class'), '') = ''
        UNION ALL
        SELECT c.oid::regclass || '.' || a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace::regnamespace::text IN \(Self.ours)
          AND a.attnum > 0 AND NOT a.attisdropped AND col_description(c.oid, a.attnum) IS NULL
        UNION ALL
        SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace::regnamespace::text IN \(Self.ours) AND obj_description(oid, 'pg_proc') IS NULL
        UNION ALL
        SELECT typname FROM pg_type
        WHERE typtype = 'd' AND typnamespace::regnamespace::text IN \(Self.ours) AND obj_description(oid, 'pg_type') IS NULL
        UNION ALL
        SELECT nspname FROM pg_namespace WHERE nspname IN \(Self.ours) AND obj_description(oid, 'pg_namespace') IS NULL
        """)
      #expect(silent == [])
    }
  }

  @Test("views read with the rights of whoever asks")
  func viewsAreInvokers() async throws {
    try await SchemaProbe.run { probe in
      let views = "SELECT oid::regclass FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace::regnamespace::text IN \(Self.ours)"
      let count = try await probe.rows(views).count
      #expect(count >= 6)
      #expect(try await probe.rows("\(views) AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)") == [])
    }
  }

  @Test(
    "two functions, which ask the same question, run with other rights than their caller's, and every function fixes where it looks for names"
  )
  func functions() async throws {
    try await SchemaProbe.run { probe in
      let functions = "SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text IN \(Self.ours)"
      let definers = try await probe.rows("\(functions) AND prosecdef")
      #expect(definers.sorted() == ["row_brand", "row_brands"])
      #expect(
        try await probe.rows("\(functions) AND NOT coalesce(array_to_string(proconfig, ',') LIKE 'search_path=pg_catalog%', false)") == [])
    }
  }

  @Test("db/schema.sql is what the migrations add up to; if not, run scripts/dump-schema")
  func schemaFile() async throws {
    try await TestDatabase.lease { database in
      let dumped = try await SchemaDump.text(of: database)
      let committed = try SchemaDump.committed
      #expect(dumped == committed)
    }
  }

  @Test("S0-MIG-16 up, down and up again leaves the same schema, and down leaves nothing but the ladder")
  func upDownUp() async throws {
    try await TestDatabase.leaseEmpty { database in
      let migrator = try Self.migrator(database.superuserURL)
      let applied = try await migrator.migrate()
      let first = try await SchemaDump.text(of: database)
      let undone = try await migrator.down(to: 0, environment: DeploymentEnvironment(label: "test"))
      #expect(undone.count == applied.count)
      let left = """
        SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'S') AND relnamespace::regnamespace::text IN \(Self.ours)
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text IN \(Self.ours)
        """
      #expect(try await database.psql(left) == "schema_migrations")
      _ = try await migrator.migrate()
      let second = try await SchemaDump.text(of: database)
      #expect(second == first)
    }
  }

  @Test("a down migration refuses to destroy history")
  func downKeepsHistory() async throws {
    try await TestDatabase.leaseEmpty { database in
      let migrator = try Self.migrator(database.superuserURL)
      _ = try await migrator.migrate()
      try await database.psql(
        "INSERT INTO cordon.admin_audit (operator_id, action, resource, resource_key) VALUES ('ops:alice', 'A', 'brand', '1')")
      await #expect(throws: PostgresError.self) { try await migrator.down(to: 0, environment: DeploymentEnvironment(label: "test")) }
      #expect(try await database.psql("SELECT count(*) FROM cordon.admin_audit") == "1")
      #expect(try await migrator.status().currentHead == 3)
    }
  }

  @Test("the step down from bonuses refuses while there is something that the version before can't say, and leaves it as it is")
  func downKeepsBonuses() async throws {
    try await TestDatabase.leaseEmpty { database in
      let migrator = try Self.migrator(database.superuserURL)
      _ = try await migrator.migrate()
      let bonus = """
        INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, requirement, request_id)
        VALUES (1, gen_random_uuid(), 'bonus', 'granted', 7, 'EUR', 5, 50, 'request');
        """
      let command = """
        INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (1, 7, 'Alice', 'alice', 'x');
        INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id)
          VALUES (1, 'request', 'bonus_grant', sha256('payload'), 201, '', 7);

        """
      try await database.psql(command + bonus)
      let test = DeploymentEnvironment(label: "test")
      await #expect(throws: PostgresError.self) { try await migrator.down(to: 9, environment: test) }
      #expect(try await migrator.status().currentHead == 10)
      #expect(try await database.psql("SELECT requirement FROM wallet.wallet_transaction WHERE kind = 'bonus'") == "50")
      // brand-global: test: what stands against the way down
      try await database.psql("DELETE FROM wallet.wallet_transaction WHERE kind = 'bonus'")
      _ = try await migrator.down(to: 9, environment: test)
      await #expect(throws: (any Error).self) { try await database.psql(bonus) }
    }
  }

  @Test("the migrations need no superuser once the cluster has its roles, and then make the same schema")
  func migratesWithoutSuperuser() async throws {
    try await TestDatabase.lease { reference in
      try await TestDatabase.leaseEmpty { database in
        try await database.psql(
          "ALTER DATABASE \(database.name) OWNER TO cordon_owner; ALTER ROLE cordon_migrate PASSWORD '\(Self.password)';")
        let url = Self.url(database.superuserURL, role: "cordon_migrate")
        _ = try await Self.migrator(url).migrate()
        let made = try await SchemaDump.text(of: database)
        let expected = try await SchemaDump.text(of: reference)
        #expect(made == expected)
      }
    }
  }

  @Test("a migrated database finds the platform's tables without schema names and lets nobody make temporary ones")
  func databaseSettings() async throws {
    try await TestDatabase.leaseEmpty { database in
      _ = try await Self.migrator(database.superuserURL).migrate()
      #expect(try await Psql.run("SHOW search_path", at: database.url) == "cordon, public")
      #expect(try await Psql.run("SELECT brand_code FROM brand", at: database.url) == "default")
      await #expect(throws: Psql.Failure.self) { try await Psql.run("CREATE TEMPORARY TABLE t (a int)", at: database.url) }
    }
  }

  @Test("several databases of a cluster can be migrated for the first time at once")
  func concurrentFirstMigrations() async throws {
    let server = try await TestPostgresServer.start()
    let names = (1...6).map { "first_\($0)" }
    for name in names { try await Psql.run("CREATE DATABASE \(name)", at: server.superuserURL()) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names {
        group.addTask { _ = try await Self.migrator(server.superuserURL(database: name)).migrate() }
      }
      try await group.waitForAll()
    }
    for name in names {
      #expect(try await Psql.run("SELECT count(*) > 20 FROM cordon.v_brand_scoped_table", at: server.superuserURL(database: name)) == "t")
    }
    await server.stop()
  }

  @Test("a role that was given too much power stops the migration", arguments: ["SUPERUSER", "BYPASSRLS", "CREATEROLE"])
  func widenedRole(power: String) async throws {
    let server = try await TestPostgresServer.start()
    try await Psql.run("CREATE ROLE cordon_app LOGIN \(power)", at: server.superuserURL())
    let error = await #expect(throws: PostgresError.self) { try await Self.migrator(server.superuserURL()).migrate() }
    #expect(error?.message.contains("powers that they must not have") == true)
    await server.stop()
  }

  private static let password = "schema-test"

  private static func migrator(_ url: String) throws -> Migrator {
    Migrator(
      try DatabaseConfiguration(url: url), migrations: try MigrationFolder.load(directory: MigrationFiles.directory),
      logger: Logger(label: "test.schema", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  private static func url(_ url: String, role: String) -> String {
    "postgresql://\(role):\(password)@" + url.drop { $0 != "@" }.dropFirst()
  }
}
