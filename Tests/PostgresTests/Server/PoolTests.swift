import Kernel
import Postgres
import TestSupport
import Testing

@Suite("the pool")
struct PoolTests {
  private func sessions(_ lease: TestDatabase) async throws -> Int {
    let count = try await lease.psql(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cordon'")
    return Int(count) ?? -1
  }

  @Test("64 tasks over 4 connections: each sees its own brand only, and the server never more than four sessions")
  func hammer() async throws {
    try await withEmptyDatabase(poolSizeMax: 4) { database, lease in
      try await database.run("CREATE TABLE t (brand bigint, a bigint)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 1...64 { group.addTask { try await self.hammer(database, try brand(Int64(task))) } }
        group.addTask {
          for _ in 0..<5 {
            let count = try await self.sessions(lease)
            #expect(count <= 4)
          }
        }
        try await group.waitForAll()
      }
      #expect(database.status.leased == 0)
      #expect(database.status.waiting == 0)
      #expect(try await lease.psql("SELECT count(*), count(DISTINCT brand) FROM cordon.t") == "1280|64")
    }
  }

  /// Twenty good transactions and five that fail.
  private func hammer(_ database: Database, _ own: BrandID) async throws {
    for round in 0..<25 {
      let fails = round % 5 == 4
      do {
        let seen: String = try await database.withBrand(own) { transaction in
          let row = try #require(await transaction.query("SELECT current_setting('app.brand_id') AS b").first)
          try await transaction.execute("INSERT INTO t VALUES (\(own), \(round))")
          if fails { try await transaction.execute("SELECT 1 / \(0)") }
          return try row.get("b")
        }
        #expect(seen == own.description)
        #expect(!fails)
      } catch let error as PostgresError {
        #expect(fails && error.sqlState?.rawValue == "22012", "\(error)")
      }
    }
  }

  @Test("who finds every connection in use waits, and is served in the order in which they came")
  func firstComeFirstServed() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      let order = Journal<Int>()
      let release = Gate()
      try await withThrowingTaskGroup(of: Void.self) { group in
        let held = Gate()
        group.addTask {
          try await database.withPlatform { _ in
            held.open()
            await release.wait()
          }
        }
        await held.wait()
        for index in 0..<5 {
          group.addTask { try await database.withPlatform { _ in order.append(index) } }
          try await eventually("the task to wait") { database.status.waiting == index + 1 }
        }
        release.open()
        try await group.waitForAll()
      }
      #expect(order.entries == [0, 1, 2, 3, 4])
    }
  }

  @Test("who waits too long is told that the pool is exhausted, and leaves the queue")
  func exhausted() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      try await database.withPlatform { _ in
        let error = try await postgresError { try await database.withPlatform(deadline: .milliseconds(50)) { _ in } }
        #expect(error.kind == .poolExhausted)
        #expect(database.status.waiting == 0)
      }
      try await database.ping()
    }
  }

  @Test("a cancelled waiter leaves the queue at once")
  func cancelledWaiter() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      try await database.withPlatform { _ in
        try await withThrowingTaskGroup(of: PostgresError.Kind?.self) { group in
          group.addTask {
            do {
              try await database.withPlatform { _ in }
              return nil
            } catch let error as PostgresError { return error.kind }
          }
          try await eventually("the task to wait") { database.status.waiting == 1 }
          group.cancelAll()
          let kind = try await group.next()
          #expect(kind == .some(.deadlineExceeded))
        }
        #expect(database.status.waiting == 0)
      }
    }
  }

  @Test("closing refuses new work at once and lets running work end")
  func closing() async throws {
    try await withEmptyDatabase(poolSizeMax: 2) { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      let (inside, finish) = (Gate(), Gate())
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await database.withPlatform { transaction in
            try await transaction.execute("INSERT INTO t VALUES (1)")
            inside.open()
            await finish.wait()
          }
        }
        await inside.wait()
        group.addTask { await database.close() }
        try await eventually("new work to be refused") {
          do {
            try await database.ping()
            return false
          } catch let error as PostgresError { return error.kind == .shuttingDown }
        }
        finish.open()
        try await group.waitForAll()
      }
      #expect(try await lease.psql("SELECT count(*) FROM cordon.t") == "1")
      try await eventually("the sessions to end") { try await sessions(lease) == 0 }
    }
  }

  @Test("sessions that an operator ended are replaced without anybody noticing")
  func terminatedSessions() async throws {
    try await withEmptyDatabase(poolSizeMax: 2) { database, lease in
      try await database.ping()
      for _ in 0..<5 {
        try await lease.psql(
          "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        try await database.ping()
      }
    }
  }

  @Test("an idle connection that grew old is closed by the upkeep")
  func upkeep() async throws {
    try await withEmptyDatabase(poolSizeMax: 2, adjust: { $0.connectionIdleMax = .milliseconds(10) }) { database, lease in
      try await database.ping()
      #expect(database.status.idle == 1)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await database.run() }
        try await eventually("the connection to be closed") { database.status.idle == 0 }
        group.cancelAll()
      }
      try await eventually("the session to end") { try await sessions(lease) == 0 }
    }
  }

  @Test("a server that doesn't exist is unreachable, at once while the pause lasts")
  func unreachable() async throws {
    let port = try FreePort.next()
    try await withDatabase("postgresql://u@127.0.0.1:\(port)/d") { database in
      for _ in 0..<3 {
        let error = try await postgresError { try await database.ping() }
        #expect(error.kind == .unreachable)
      }
      #expect(database.status.unreachableSince != nil)
      #expect(database.status.leased == 0)
    }
  }

  @Test("an impatient caller learns nothing about the server, and says nothing about it")
  func impatient() async throws {
    let silent = try SilentServer()
    defer { silent.close() }
    try await withDatabase("postgresql://u@127.0.0.1:\(silent.port)/d") { database in
      let error = try await postgresError { try await database.ping(deadline: .milliseconds(50)) }
      #expect(error.kind == .deadlineExceeded)
      #expect(database.status == PoolStatus(idle: 0, leased: 0, waiting: 0, max: 4, unreachableSince: nil))
    }
  }

  @Test("a server that accepts and stays silent is unreachable after the connect timeout")
  func silent() async throws {
    let silent = try SilentServer()
    defer { silent.close() }
    try await withDatabase("postgresql://u@127.0.0.1:\(silent.port)/d", adjust: { $0.connectTimeout = .milliseconds(1100) }) { database in
      let error = try await postgresError { try await database.ping() }
      #expect(error.kind == .unreachable)
      #expect(database.status.unreachableSince != nil)
    }
  }

  @Test("a wrong password is unreachable with the server's words")
  func wrongPassword() async throws {
    try await TestDatabase.leaseEmpty { lease in
      let url = lease.superuserURL.replacing(/:[^:@\/]+@/, with: ":wrong@")
      try await withDatabase(url) { database in
        let error = try await postgresError { try await database.ping() }
        #expect(error.kind == .unreachable)
        #expect(error.message.contains("password authentication failed"))
      }
    }
  }
}
