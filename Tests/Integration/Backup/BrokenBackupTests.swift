import Foundation
import PrivateServers
import TestSupport
import Testing

/// What is left when the making of a backup ends early.
@Suite("Backups that were not finished", .serialized, .timeLimit(.minutes(3)))
struct BrokenBackupTests {
  @Test("a backup whose process is killed while it dumps is listed as incomplete, can't be verified, and leaves nothing running")
  func killed() async throws {
    try await BackupBench.run { bench in
      // pg_dump waits for this one, so that the process is in the middle of it.
      async let lock: Void = hold(bench)
      try await eventually("the table is locked") {
        try await count(bench, "pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'cordon.global_var'::regclass") > 0
      }
      let run = try bench.program().start(
        "backup", "create", "--dir", bench.directory, "--operator-id", "ops:saver", "--reason", "a test")
      try await eventually("pg_dump waits") { try await count(bench, "pg_stat_activity WHERE query LIKE 'LOCK TABLE%'") > 0 }
      run.signal(SIGKILL)
      _ = await run.status()
      try await eventually("pg_dump is gone") { try await count(bench, "pg_stat_activity WHERE query LIKE 'LOCK TABLE%'") == 0 }
      try await bench.stack.psql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(300)%' AND pid <> pg_backend_pid()")
      _ = try? await lock

      let list = try await bench.program().run("backup", "list", bench.directory)
      #expect(list.output.contains("incomplete"))
      let name = try #require(try FileManager.default.contentsOfDirectory(atPath: bench.directory).first)
      let verified = try await bench.program().run("backup", "verify", "\(bench.directory)/\(name)")
      #expect(verified.status == 4 && verified.messages.contains("never finished"), "\(verified.messages)")
    }
  }

  @Test("a disk without room, a label that isn't one and a role that can't read every brand are told, and nothing of the backup stays")
  func noRoom() async throws {
    try await BackupBench.run { bench in
      let limited = try await bench.createLimited(fileBlocks: 20)
      #expect(limited.code == 1 && limited.messages.contains("may not grow any further"), "\(limited.messages)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.directory).isEmpty)

      let label = try await bench.program().run(
        "backup", "create", "--dir", bench.directory, "--label", "../up", "--operator-id", "ops:saver", "--reason", "a test")
      #expect(label.status == 2)
      var narrow = try bench.program()
      narrow.environment["BACKUP_DATABASE_URL"] = narrow.environment["DATABASE_URL"]
      let refused = try await narrow.run(
        "backup", "create", "--dir", bench.directory, "--operator-id", "ops:saver", "--reason", "a test")
      #expect(refused.status == 1, "\(refused.messages)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.directory).isEmpty)
    }
  }

  private func hold(_ bench: BackupBench) async throws {
    try await bench.stack.psql("BEGIN; LOCK TABLE cordon.global_var IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(300)")
  }

  private func count(_ bench: BackupBench, _ source: String) async throws -> Int {
    Int(try await bench.stack.psql("SELECT count(*) FROM \(source) AND pid <> pg_backend_pid()")) ?? 0
  }
}
