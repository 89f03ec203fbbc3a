import Foundation
@testable import PrivateServers
import TestSupport
import Testing

@Suite("Private PostgreSQL")
struct PrivatePostgresTests {
  private func configuration(_ directory: ServerDirectory) -> PrivatePostgresConfiguration {
    PrivatePostgresConfiguration(directory: directory, listening: .loopback(preferredPort: nil))
  }

  @Test("it keeps its data between runs, with checksums, scram passwords and files closed to others")
  func keepsData() async throws {
    let directory = try ServerDirectory.temporary()
    let first = try await PrivatePostgres.start(configuration(directory))
    let url = try first.url(role: PrivatePostgres.superuser, database: "postgres")
    try await Psql.run("CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)", at: url)
    #expect(
      try await Psql.run(
        "SELECT current_setting('data_checksums'), current_setting('lc_messages'), current_setting('min_wal_size')", at: url) == "on|C|1GB")
    #expect(try await Psql.run("SELECT DISTINCT auth_method FROM pg_hba_file_rules", at: url) == "scram-sha-256")
    let secret = try FileManager.default.attributesOfItem(atPath: "\(directory.path)/secrets/postgres-postgres")
    #expect(secret[.posixPermissions] as? Int == 0o600)
    await first.stop()

    let began = ContinuousClock.now
    let second = try await PrivatePostgres.start(configuration(directory))
    #expect(ContinuousClock.now - began < .seconds(5))
    let urlNow = try second.url(role: PrivatePostgres.superuser, database: "postgres")
    #expect(try await Psql.run("SELECT n FROM kept", at: urlNow) == "42")
    await second.stop()
    await directory.remove()
  }

  @Test("a wrong password is refused")
  func refusesWrongPassword() async throws {
    let server = try await TestPostgresServer.start()
    let url = try server.superuserURL().replacing(server.password(of: "postgres"), with: "wrong")
    await #expect(throws: Psql.Failure.self) { try await Psql.run("SELECT 1", at: url) }
    await server.stop()
  }

  @Test("a second instance on the same directory is refused, and says who runs the first")
  func refusesSecondInstance() async throws {
    let directory = try ServerDirectory.temporary()
    let server = try await PrivatePostgres.start(configuration(directory))
    let error = await #expect(throws: PrivateServerError.self) { _ = try await PrivatePostgres.start(configuration(directory)) }
    #expect(error?.kind == .alreadyRunning)
    #expect(error?.description.contains("\(getpid())") == true)
    await server.stop()
    await directory.remove()
  }

  @Test("after a crash, and with the pid of another program in postmaster.pid, it starts and has what was committed")
  func recoversFromCrash() async throws {
    let server = try await TestPostgresServer.start(durable: true)
    let url = try server.superuserURL()
    try await Psql.run("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)", at: url)
    await server.crash()
    let other = try ChildProcess(ServerAccount.unprivileged(PrivatePostgres.accounts).wrapping(["/bin/sleep", "600"]), output: nil)
    try replaceFirstLine(of: server.dataDirectory + "/postmaster.pid", by: "\(other.pid)")
    try await server.startAgain()
    kill(other.pid, SIGKILL)
    #expect(try await Psql.run("SELECT n FROM kept", at: url) == "1")
    await server.stop()
  }

  private func replaceFirstLine(of path: String, by line: String) throws {
    var lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
    lines[0] = line
    try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
  }

  @Test("a setting that PostgreSQL refuses is told with the end of its log")
  func tellsWhyItDidNotStart() async throws {
    let error = await #expect(throws: PrivateServerError.self) {
      _ = try await TestPostgresServer.start(settings: ["no_such_setting": "1"])
    }
    #expect(error?.kind == .startFailed)
    #expect(error?.description.contains("unrecognized configuration parameter") == true)
  }

  @Test("a lease has every migration, and cordon_app works in it under row-level security")
  func leasesMigratedDatabases() async throws {
    try await TestDatabase.lease { database in
      let applied = try await database.psql("SELECT count(*) > 0 FROM cordon.schema_migrations")
      #expect(applied == "t")
      let seen = try await Psql.run("SELECT current_user, to_regclass('brand') IS NOT NULL", at: database.url)
      #expect(seen == "cordon_app|t")
    }
  }

  @Test("leases are databases of their own, and are gone afterwards")
  func leasesDatabases() async throws {
    let (first, second) = try await TestDatabase.leaseEmpty { first in
      try await TestDatabase.leaseEmpty { second in
        try await first.psql("CREATE TABLE mine (n int)")
        #expect(try await second.psql("SELECT to_regclass('mine') IS NULL") == "t")
        #expect(try await Psql.run("SELECT current_user, current_setting('is_superuser')", at: second.url) == "cordon_app|off")
        return (first, second)
      }
    }
    for database in [first, second] {
      await #expect(throws: Psql.Failure.self) { try await database.psql("SELECT 1") }
    }
  }
}
