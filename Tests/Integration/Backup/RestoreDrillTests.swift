import Evidence
import Foundation
import TestSupport
import Testing

// brand-global: test: what stands in copies of a database
@Suite("Backups and the restore drill", .serialized, .timeLimit(.minutes(4)))
struct RestoreDrillTests {
  private struct Listed: Decodable {
    let name: String
    let state: String
    let verified: Bool?
    let headsSha256: String?
    let schemaHead: Int64?
  }

  private struct Drill: Decodable {
    let record: String
    let passed: Bool
    let rtoSeconds: Double
    let rpoEntries: Int64
    let rpoSeconds: Int64
    let verdict: BackupAnswer
  }

  private struct Manifest: Decodable {
    struct Table: Decodable {
      let table: String
      let rows: Int64
      let sha256: String
    }

    struct Snapshot: Decodable {
      let tables: [Table]
    }

    let snapshot: Snapshot
    let keys: [BackupAnswer.Key]
  }

  @Test(
    "S4-RST-02 S4-RST-04 S4-RST-05 S4-RST-06 S4-RST-10 a backup is restored in isolation: rows byte for byte, the same keys, and old proofs hold; then it is listed as verified"
  )
  func verified() async throws {
    try await BackupBench.run { bench in
      let keys = try await bench.trustedKeys(of: bench.keyFile)
      let receipt = try await bench.receipt(of: 4)
      #expect(try await bench.verifyOffline(receipt, keys: keys) == 0)
      let before = try await bench.ledgerExport(of: RunningStack.database)
      let backup = try await bench.create(label: "nightly")
      #expect(try await listed(bench).map(\.state) == ["unverified"])

      let (run, answer) = try await bench.verify(backup, "--keys", keys, "--published", receipt, "--work-dir", bench.folder)
      #expect(run.status == 0 && answer.verified, "\(run.messages)\(run.output)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder).allSatisfy { !$0.hasPrefix("cordon-restore") })
      #expect(answer.steps.map(\.name) == ["restore", "head_check", "integrity", "promote"])
      #expect(answer.steps.allSatisfy { $0.passed && ($0.seconds ?? 0) > 0 })
      #expect(answer.expectedHead == answer.actualHead)
      let log = try #require(answer.logs.first { $0.brandCode == bench.brand.code })
      #expect(log.entries >= 6 && log.signed == log.entries && log.published == log.entries && log.rpoEntries == 0)

      let manifest = try BackupAnswer.read(
        Manifest.self, try String(contentsOfFile: backup + "/manifest.json", encoding: .utf8))
      #expect(manifest.snapshot.tables.first { $0.table == "wallet.wallet_ledger" }?.sha256 == before)
      #expect(manifest.keys == answer.keys && answer.keys.count == 1)
      let shown = try VerifierKey(text: try String(contentsOfFile: keys, encoding: .utf8).trimmingCharacters(in: .newlines))
      #expect(answer.keys.map(\.fingerprint) == [shown.fingerprint])
      try await bench.copy(backup, to: "restored")
      #expect(try await bench.ledgerExport(of: "restored") == before)

      let list = try await listed(bench)
      #expect(list.map(\.state) == ["verified"] && list[0].verified == true)
      #expect(list[0].headsSha256 == answer.headsSha256 && list[0].schemaHead == answer.actualHead)
      let audited = try await bench.stack.psql(
        "SELECT string_agg(action || ' ' || operator_id, ',' ORDER BY audit_id) FROM cordon.admin_audit WHERE resource = 'backup'")
      #expect(audited == "BACKUP_CREATE ops:saver,BACKUP_COMPLETE ops:saver")
      #expect(try await bench.verifyOffline(receipt, keys: keys) == 0)
    }
  }

  @Test(
    "S4-RST-01 a drill restores in four timed steps and tells what would be lost, in seconds and entries, against the live ledger and what was published"
  )
  func drill() async throws {
    try await BackupBench.run { bench in
      let first = try await bench.program().run(
        "drill", "restore", "--dir", bench.directory, "--operator-id", "ops:saver", "--reason", "the monthly drill", "--json")
      #expect(first.status == 0, "\(first.messages)")
      let fresh = try BackupAnswer.read(Drill.self, first.output)
      #expect(fresh.passed && fresh.rpoEntries == 0)

      for _ in 0..<2 { try await bench.deposit() }
      try await bench.signed()
      try await bench.deposit()
      let backup = bench.directory + "/" + (try #require(try await listed(bench).first?.name))
      let run = try await bench.program().run("drill", "restore", "--backup", backup, "--json")
      #expect(run.status == 0, "\(run.messages)")
      let drill = try BackupAnswer.read(Drill.self, run.output)
      let log = try #require(drill.verdict.logs.first { $0.brandCode == bench.brand.code })
      #expect(log.live == log.entries + 6 && (log.published ?? 0) >= log.entries + 4)
      #expect(drill.passed && drill.rpoEntries == 6 && drill.rpoSeconds > 0)
      let seconds = drill.verdict.steps.compactMap(\.seconds)
      #expect(seconds.count == 4 && abs(drill.rtoSeconds - seconds.reduce(0, +)) < 0.01)
      #expect(FileManager.default.fileExists(atPath: drill.record))
      // Without the live database, what was published still tells.
      var offline = try bench.program()
      offline.environment["DATABASE_URL"] = "postgresql://cordon_app:x@127.0.0.1:1/cordon"
      let alone = try await offline.run("drill", "restore", "--backup", backup, "--json")
      #expect(alone.status == 0, "\(alone.messages)")
      let lost = try BackupAnswer.read(Drill.self, alone.output).rpoEntries
      #expect(lost >= 4)
    }
  }

  @Test(
    "S4-RST-03 S4-RST-09 a restore makes a whole new database from a verified backup alone; a single table of a ledger is refused, and so is a database that is there"
  )
  func restore() async throws {
    try await BackupBench.run { bench in
      let backup = try await bench.create(label: "whole")
      let early = try await bench.restore(backup, to: "early")
      #expect(early.status == 5 && early.messages.contains("not verified"), "\(early.messages)")
      #expect(try await bench.verify(backup).run.status == 0)
      let part = try await bench.restore(backup, to: "part", "--table", "wallet.wallet_ledger")
      #expect(part.status == 5 && part.messages.contains("formal approval"), "\(part.messages)")
      let taken = try await bench.restore(backup, to: RunningStack.database)
      #expect(taken.status == 5 && taken.messages.contains("there already"), "\(taken.messages)")
      let databases = "SELECT count(*) FROM pg_database WHERE datname IN ('early', 'part')"
      #expect(try await bench.stack.psql(databases) == "0")

      let before = try await bench.ledgerExport(of: RunningStack.database)
      let whole = try await bench.restore(backup, to: "whole")
      #expect(whole.status == 0, "\(whole.messages)")
      #expect(try await bench.ledgerExport(of: "whole") == before)
      let audited = try await bench.psql("SELECT operator_id FROM cordon.admin_audit WHERE action = 'BACKUP_RESTORE'", on: "whole")
      #expect(audited == "ops:saver")
      let promoted = try bench.program(on: "whole")
      #expect(try await promoted.run("db", "status", "--check").status == 0)
      #expect(try await promoted.run("audit", "catalogue").status == 0)
      #expect(try await promoted.run("evidence", "check").status == 0)
      #expect(try await promoted.run("wallet", "check", "--full").status == 0)
    }
  }

  private func listed(_ bench: BackupBench) async throws -> [Listed] {
    let run = try await bench.program().run("backup", "list", bench.directory, "--json")
    #expect(run.status == 0, "\(run.messages)")
    return try BackupAnswer.read([Listed].self, run.output)
  }
}
