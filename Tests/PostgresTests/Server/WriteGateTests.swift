import Synchronization
import Testing

@testable import Postgres

@Suite("The gate before writes")
struct WriteGateTests {
  /// Closed for one table, and counting.
  private final class Turnstile: WriteGate {
    let asked = Mutex<[[String]]>([])

    func admit(writesTo tables: [String]) async throws(PostgresError) {
      asked.withLock { $0.append(tables) }
      if tables.contains("closed") { throw PostgresError(.paused, "closed", table: "closed", operation: "ask") }
    }
  }

  private func withGate(_ body: @escaping @Sendable (Database, Turnstile) async throws -> Void) async throws {
    let gate = Turnstile()
    try await withEmptyDatabase(poolSizeMax: 1, gate: gate) { database, _ in
      try await database.withPlatform { transaction in
        try await transaction.execute("CREATE TABLE closed (a integer)")
        try await transaction.execute("CREATE TABLE open (a integer)")
      }
      try await body(database, gate)
    }
  }

  @Test("a write to a closed table is refused wherever it stands, and the transaction with it, also when the body swallows the error")
  func refused() async throws {
    try await withGate { database, _ in
      let attempts: [@Sendable (PlatformTransaction) async throws -> Void] = [
        { try await $0.execute("INSERT INTO closed VALUES (1)") },
        { try await $0.pipeline(["INSERT INTO open VALUES (1)", "UPDATE closed SET a = 2"]) },
        { _ = try await $0.finishing(["INSERT INTO open VALUES (1)", "DELETE FROM closed"]) },
        {
          try await $0.execute("INSERT INTO open VALUES (1)")
          _ = try? await $0.execute("INSERT INTO closed VALUES (1)")
        },
        {
          _ = try? await $0.execute("INSERT INTO closed VALUES (1)")
          try await $0.execute("INSERT INTO open VALUES (1)")
        },
        { _ = try? await $0.execute("INSERT INTO closed VALUES (1)") },
      ]
      for (index, attempt) in attempts.enumerated() {
        let error = await #expect(throws: PostgresError.self, "\(index)") { try await database.withPlatform { try await attempt($0) } }
        #expect(error?.kind == .paused, "\(index)")
      }
      let rows = try await database.withPlatform {
        try await $0.query("SELECT (SELECT count(*) FROM open) + (SELECT count(*) FROM closed) AS n")
      }
      #expect(try rows.first?.get("n", as: Int64.self) == 0)
    }
  }

  @Test("reads and open tables pass, and the gate is asked once a round trip")
  func passed() async throws {
    try await withGate { database, gate in
      try await database.withPlatform { transaction in
        _ = try await transaction.query("SELECT a FROM closed FOR UPDATE")
        try await transaction.pipeline(["INSERT INTO open VALUES (1)", "INSERT INTO open VALUES (2)", "UPDATE open SET a = 3"])
      }
      #expect(gate.asked.withLock { $0 } == [["open"]])
      await #expect(throws: PostgresError.self) { try await database.requireWritable(["open", "closed"]) }
      try await database.requireWritable([])
    }
  }
}
