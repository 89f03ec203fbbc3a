import Kernel
import Postgres
import TestSupport
import Testing

@Suite("LISTEN")
struct NotificationTests {
  @Test("notifications arrive in order, with their payload, from listening on")
  func notifications() async throws {
    try await withEmptyDatabase { database, _ in
      var events = database.listen(to: "keys \"changed\"").makeAsyncIterator()
      guard case .listening = await events.next() else { throw NothingThrown() }
      for payload in ["one", "two"] { try await database.run("SELECT pg_notify('keys \"changed\"', \(payload))") }
      try await database.run("SELECT pg_notify('another', 'three')")
      for expected in ["one", "two"] {
        guard case .notification(let notification) = await events.next() else { throw NothingThrown() }
        #expect(notification == Notification(channel: "keys \"changed\"", payload: expected))
      }
    }
  }

  @Test("when its session ends the interruption is told, and it listens again")
  func interruption() async throws {
    try await withEmptyDatabase { database, lease in
      var events = database.listen(to: "c").makeAsyncIterator()
      guard case .listening = await events.next() else { throw NothingThrown() }
      try await lease.psql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")
      guard case .interrupted(let error) = await events.next() else { throw NothingThrown() }
      #expect(error.kind == .connectionLost)
      guard case .listening = await events.next() else { throw NothingThrown() }
      try await database.run("SELECT pg_notify('c', 'again')")
      guard case .notification(let notification) = await events.next() else { throw NothingThrown() }
      #expect(notification.payload == "again")
    }
  }

  @Test("it ends when the task is cancelled, and when the database is closed")
  func ends() async throws {
    try await withEmptyDatabase { database, lease in
      for closes in [false, true] {
        try await withThrowingTaskGroup(of: Void.self) { group in
          let listening = Gate()
          group.addTask {
            for await event in database.listen(to: "c") {
              if case .listening = event { listening.open() }
            }
          }
          await listening.wait()
          if closes { await database.close() } else { group.cancelAll() }
          try await group.waitForAll()
        }
        try await eventually("the session to end") {
          try await lease.psql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'") == "0"
        }
      }
    }
  }
}
