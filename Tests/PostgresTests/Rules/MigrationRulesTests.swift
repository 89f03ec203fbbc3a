import Testing

@testable import Postgres

@Suite("migration files and their ladder")
struct MigrationRulesTests {
  private func names(_ files: [(name: String, content: String)]) throws -> [String] {
    try MigrationFolder.assemble(files).map(\.label)
  }

  private func problem(_ files: String...) -> MigrationError? {
    do throws(MigrationError) {
      _ = try MigrationFolder.assemble(files.map { (name: $0, content: "SELECT 1") })
      return nil
    } catch {
      return error
    }
  }

  @Test("files are ordered by number and joined with their descents")
  func folder() throws {
    let migrations = try MigrationFolder.assemble([
      (name: "0002_b.sql", content: "SELECT 2"), (name: "0001_a.down.sql", content: "SELECT -1"),
      (name: "0001_a.sql", content: "SELECT 1"),
    ])
    #expect(migrations.map(\.label) == ["0001_a", "0002_b"])
    #expect(migrations.map(\.down) == ["SELECT -1", nil])
    #expect(migrations[0].checksum == "e004ebd5b5532a4b85984a62f8ad48a81aa3460c1ca07701f386135d72cdecf5")
  }

  @Test("a gap, a number used twice and a descent without its file are named")
  func contradictoryFolder() {
    #expect(problem("0001_a.sql", "0003_c.sql") == .gap(expected: 2, found: 3))
    #expect(problem("0002_b.sql") == .gap(expected: 1, found: 2))
    #expect(problem("0001_a.sql", "0001_b.sql") == .duplicate(number: 1, files: ["0001_a.sql", "0001_b.sql"]))
    #expect(problem("0001_a.sql", "0001_b.down.sql") == .downWithoutUp(file: "0001_b.down.sql"))
  }

  @Test(
    "S2-MIG-03 a file with another kind of name is refused",
    arguments: [
      "1_a.sql", "00001_a.sql", "0001-a.sql", "0001_.sql", "0001_A.sql", "0000_a.sql", "abcd_a.sql", "0001_a.up.sql", "0001_a b.sql",
      ".sql",
    ])
  func badNames(file: String) {
    #expect(problem(file) == .badName(file: file))
  }

  // MARK: Ladder

  private let ladder = MigrationLadder([
    Migration(number: 1, name: "a", up: "SELECT 1", down: "SELECT -1"), Migration(number: 2, name: "b", up: "SELECT 2", down: "SELECT -2"),
    Migration(number: 3, name: "c", up: "SELECT 3"),
  ])

  private func applied(_ count: Int) -> [AppliedMigration] {
    ladder.migrations.prefix(count).map { AppliedMigration(number: $0.number, name: $0.name, checksum: $0.checksum) }
  }

  @Test("what is pending, up to a target")
  func pending() throws {
    #expect(try ladder.pending([]).map(\.number) == [1, 2, 3])
    #expect(try ladder.pending(applied(1)).map(\.number) == [2, 3])
    #expect(try ladder.pending(applied(1), to: 2).map(\.number) == [2])
    #expect(try ladder.pending(applied(3)).isEmpty)
    #expect(throws: MigrationError.noSuchTarget(number: 9)) { try ladder.pending([], to: 9) }
  }

  @Test("S4-GUAR-05 an applied file that changed stops the ladder")
  func changed() {
    var rows = applied(2)
    rows[0] = AppliedMigration(number: 1, name: "a", checksum: "0000")
    let expected = MigrationError.changed(label: "0001_a", appliedChecksum: "0000", fileChecksum: ladder.migrations[0].checksum)
    #expect(ladder.contradictions(rows) == [expected])
    #expect(throws: expected) { try ladder.pending(rows) }
    #expect(throws: expected) { try ladder.descent(rows, to: 0) }
  }

  @Test("a database of a newer release, another name and a hole are contradictions")
  func contradictions() {
    let newer = applied(3) + [AppliedMigration(number: 4, name: "d", checksum: "x")]
    #expect(ladder.contradictions(newer) == [.unknownApplied(label: "0004_d")])
    #expect(ladder.contradictions([AppliedMigration(number: 1, name: "z", checksum: "x")]) == [.unknownApplied(label: "0001_z")])
    #expect(ladder.contradictions([applied(2)[1]]) == [.missingBelowHead(label: "0001_a")])
  }

  @Test("the way down, the last first, and only where there is one")
  func descent() throws {
    #expect(try ladder.descent(applied(2), to: 0).map(\.number) == [2, 1])
    #expect(try ladder.descent(applied(2), to: 1).map(\.number) == [2])
    #expect(throws: MigrationError.noDown(label: "0003_c")) { try ladder.descent(applied(3), to: 0) }
    #expect(throws: MigrationError.targetAboveHead(target: 2, head: 1)) { try ladder.descent(applied(1), to: 2) }
  }

  @Test("the status shows both heads and what is pending")
  func status() {
    let status = MigrationStatus(ladder: ladder, applied: applied(1))
    #expect(status.currentHead == 1)
    #expect(status.expectedHead == 3)
    #expect(status.pending == ["0002_b", "0003_c"])
    #expect(!status.isCurrent)
    #expect(MigrationStatus(ladder: ladder, applied: applied(3)).isCurrent)
  }

  // MARK: Static checks

  private func problems(_ text: String) -> [String] {
    MigrationChecks.problems([Migration(number: 1, name: "a", up: text)]).map(\.description)
  }

  @Test(
    "statements that would leave the file's transaction are found with their line",
    arguments: [
      "BEGIN", "COMMIT", "ROLLBACK", "END", "START TRANSACTION", "SAVEPOINT a", "SET search_path = evil", "SET SESSION ROLE x", "VACUUM",
      "CREATE INDEX CONCURRENTLY i ON t (a)", "COPY t FROM STDIN", "\\i other.sql",
    ])
  func refusedStatements(statement: String) {
    let found = problems("SELECT 1;\n-- a comment\n\(statement);")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("0001_a.sql:3: ") == true)
  }

  @Test(
    "the same words inside quotes, comments and function bodies are no statements",
    arguments: [
      "SELECT 'a; COMMIT; b'", "/* COMMIT; /* nested */ COMMIT; */ SELECT 1", "SELECT 1 -- ; COMMIT",
      "DO $body$ BEGIN PERFORM 1; COMMIT; END $body$", "DO $$ BEGIN END $$", "SELECT E'it\\'s; COMMIT;'", "SELECT \"a; COMMIT\"",
      "SET LOCAL lock_timeout = '1s'", "SET CONSTRAINTS ALL DEFERRED", "SELECT 'doubled '' quote; COMMIT;'", "SELECT $1; SELECT 2",
    ])
  func harmlessStatements(statement: String) {
    #expect(problems(statement) == [])
  }

  @Test("an empty file and an open quote are found")
  func emptyFiles() {
    #expect(problems("") == ["0001_a.sql: there is no statement in it"])
    #expect(problems("-- nothing yet\n") == ["0001_a.sql: there is no statement in it"])
    #expect(problems("SELECT 1;\nSELECT 'open") == ["0001_a.sql:2: a quote or comment doesn't end"])
    #expect(problems("SELECT 1;\nDO $x$ BEGIN") == ["0001_a.sql:2: a quote or comment doesn't end"])
  }

  @Test("every table has a comment, in its own file or a later one")
  func comments() {
    let create = "CREATE TABLE wallet.t (a int)"
    #expect(problems(create) == ["0001_a.sql:1: table wallet.t has no COMMENT ON TABLE"])
    #expect(problems(create + "; COMMENT ON TABLE wallet.t IS 'x'") == [])
    #expect(problems("CREATE TABLE IF NOT EXISTS t (a int); COMMENT ON TABLE t IS 'x'") == [])
    #expect(problems("CREATE TABLE wallet.t_1 PARTITION OF wallet.t DEFAULT") == [])
    let later = MigrationChecks.problems([
      Migration(number: 1, name: "a", up: create), Migration(number: 2, name: "b", up: "COMMENT ON TABLE wallet.t IS 'x'"),
    ])
    #expect(later.isEmpty)
  }
}
