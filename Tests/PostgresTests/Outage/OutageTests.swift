import Kernel
import Postgres
import TestSupport
import Testing

/// Each test has a server of its own and breaks it.
@Suite("outages of the server")
struct OutageTests {
  private func withServer(
    settings: [String: String] = [:], _ body: (TestPostgresServer, Database) async throws -> Void
  ) async throws {
    let server = try await TestPostgresServer.start(settings: settings)
    do {
      try await Psql.run("CREATE SCHEMA cordon; CREATE TABLE cordon.t (a bigint)", at: server.superuserURL())
      try await withDatabase(server.superuserURL(), poolSizeMax: 4) { try await body(server, $0) }
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private func count(_ database: Database) async throws -> Int64 {
    try await database.value("SELECT count(*) AS value FROM t")
  }

  @Test("killed beneath an open transaction: connection lost, nothing committed; after its return the pool serves again")
  func killed() async throws {
    try await withServer { server, database in
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          try await transaction.execute("INSERT INTO t VALUES (1)")
          await server.crash()
          try await transaction.execute("INSERT INTO t VALUES (2)")
        }
      }
      #expect(error.kind == .connectionLost)
      let away = try await postgresError { try await database.ping() }
      #expect(away.kind == .unreachable)
      #expect(database.status.unreachableSince != nil)
      try await server.startAgain()
      try await eventually("the pool to recover") { (try? await database.ping()) != nil }
      #expect(database.status.unreachableSince == nil)
      #expect(try await count(database) == 0)
    }
  }

  @Test("killed while it commits: unknown")
  func killedInCommit() async throws {
    try await withServer { server, database in
      try await Psql.run(
        """
        CREATE FUNCTION cordon.doze() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER doze AFTER INSERT ON cordon.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cordon.doze()
        """, at: server.superuserURL())
      let kind = try await withThrowingTaskGroup(of: PostgresError.Kind?.self) { group in
        group.addTask {
          do {
            try await database.withBrand(brand(1)) { transaction in _ = try await transaction.execute("INSERT INTO t VALUES (1)") }
            return nil
          } catch let error as PostgresError { return error.kind }
        }
        try await eventually("COMMIT to run") {
          try await Psql.run(
            "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'", at: server.superuserURL()) == "1"
        }
        await server.crash()
        return try await group.next()
      }
      #expect(kind == .some(.outcomeUnknown))
    }
  }

  @Test("a whole pool of idle connections that died with the server costs nobody an error after its restart")
  func restarted() async throws {
    try await withServer { server, database in
      let everyone = Meeting(of: 4)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try await database.withPlatform { _ in await everyone.arrive() } } }
        try await group.waitForAll()
      }
      #expect(database.status.idle == 4)
      await server.stopForRestart()
      try await server.startAgain()
      for number in 0..<8 as Range<Int64> {
        try await database.withBrand(brand(1)) { transaction in _ = try await transaction.execute("INSERT INTO t VALUES (\(number))") }
      }
      #expect(try await count(database) == 8)
    }
  }

  @Test("halted: the deadline ends the wait; after it goes on so does the pool")
  func halted() async throws {
    try await withServer { server, database in
      try await database.ping()
      server.pause()
      let idle = try await postgresError {
        try await database.withBrand(brand(1), deadline: .milliseconds(500)) { _ = try await $0.query("SELECT 1") }
      }
      // Sent on the pooled connection, or, when that had been replaced, while a new one was being opened.
      #expect(idle.kind == .deadlineExceeded)
      let new = try await postgresError { try await database.ping(deadline: .milliseconds(500)) }
      #expect([.unreachable, .deadlineExceeded].contains(new.kind))
      server.resume()
      try await eventually("the pool to recover") { (try? await database.ping()) != nil }
    }
  }

  @Test("the upkeep notices the server's return by itself")
  func upkeepNoticesReturn() async throws {
    try await withServer { server, database in
      await server.crash()
      _ = try? await database.ping()
      #expect(database.status.unreachableSince != nil)
      try await server.startAgain()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await database.run() }
        try await eventually("the upkeep to reach the server") { database.status.unreachableSince == nil }
        group.cancelAll()
      }
      #expect(database.status.idle >= 1)
    }
  }

  @Test("LISTEN survives a restart: interrupted, then listening again")
  func listening() async throws {
    try await withServer { server, database in
      var events = database.listen(to: "c").makeAsyncIterator()
      guard case .listening = await events.next() else { throw NothingThrown() }
      await server.stopForRestart()
      guard case .interrupted = await events.next() else { throw NothingThrown() }
      try await server.startAgain()
      guard case .listening = await events.next() else { throw NothingThrown() }
      _ = try await Psql.run("SELECT pg_notify('c', 'back')", at: server.superuserURL())
      guard case .notification(let notification) = await events.next() else { throw NothingThrown() }
      #expect(notification.payload == "back")
    }
  }

  @Test("a replication wait that an operator cancels: the server answers COMMIT, and it is unknown all the same")
  func cancelledReplicationWait() async throws {
    // A standby that doesn't exist: every COMMIT that asks for it waits for ever.
    try await withServer { server, database in
      try await Psql.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", at: server.superuserURL())
      try await Psql.run("SELECT pg_reload_conf()", at: server.superuserURL())
      try await eventually("the setting to hold") {
        try await Psql.run("SHOW synchronous_standby_names", at: server.superuserURL()) == "nobody"
      }
      let error = try await withThrowingTaskGroup(of: PostgresError?.self) { group in
        group.addTask {
          do {
            try await database.withBrand(brand(1)) { transaction in _ = try await transaction.finishing(["INSERT INTO t VALUES (1)"]) }
            return nil
          } catch let error as PostgresError { return error }
        }
        try await eventually("the wait to be cancelled") {
          try await Psql.run(
            "SELECT count(*) FROM (SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep') AS waiting",
            at: server.superuserURL()) == "1"
        }
        return try await group.next() ?? nil
      }
      #expect(error?.kind == .outcomeUnknown)
      #expect(error?.message.contains("replication") == true)
      // Local it is.
      #expect(try await Psql.run("SELECT count(*) FROM cordon.t", at: server.superuserURL()) == "1")
    }
  }
}
