import Composition
import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

// brand-global: test: what a superuser did to a database before it was backed up
@Suite("Backups that must not be restored", .serialized, .timeLimit(.minutes(6)))
struct TamperedBackupTests {
  private struct Case {
    let name: String
    /// What is done to a copy of the database, past every trigger.
    let sql: String
    let code: String
    /// Where the finding must point.
    let place: String
  }

  @Test(
    "S4-RST-07 a missing entry, a changed hash and a replaced binding are each found and located in a backup whose manifest agrees with it; an untouched copy passes"
  )
  func tampered() async throws {
    try await BackupBench.run { bench in
      let brand = bench.brand.id
      let clean = try await bench.create(label: "clean")
      let forged = try await forgedNote(bench)
      let ledger = "wallet.wallet_ledger WHERE brand_id = \(brand)"
      let cases = [
        Case(name: "untouched", sql: "SELECT 1", code: "", place: ""),
        Case(name: "missing", sql: "DELETE FROM \(ledger) AND seq = 3", code: "log_refused", place: "entry 4"),
        Case(
          name: "hash", sql: "UPDATE wallet.wallet_ledger SET row_hash = sha256('x') WHERE brand_id = \(brand) AND seq = 3",
          code: "log_refused", place: "entry 3"),
        Case(
          name: "binding",
          sql: """
            UPDATE evidence.log_checkpoint SET note = decode('\(Hexadecimal.encode(forged.bytes))', 'hex')
            WHERE brand_id = \(brand) AND tree_size = \(forged.checkpoint.size)
            """, code: "checkpoint_unsigned", place: "the checkpoint of \(forged.checkpoint.size) entries"),
      ]
      for planted in cases {
        let copy = "tampered_\(planted.name)"
        try await bench.copy(clean, to: copy, then: Self.past(planted.sql))
        let (run, answer) = try await bench.verify(try await bench.create(of: copy, label: planted.name))
        guard !planted.code.isEmpty else {
          #expect(run.status == 0 && answer.verified, "\(run.messages)\(run.output)")
          continue
        }
        let finding = try #require(answer.findings.first { $0.code == planted.code }, "\(planted.name): \(run.output)")
        #expect(run.status == 3 && !answer.verified && finding.detail.contains(planted.place), "\(planted.name): \(finding)")
        #expect(finding.subject.contains(planted.code == "log_refused" ? bench.brand.code : "brand/\(brand)/"), "\(finding)")
        #expect(answer.steps.last?.seconds == nil, "nothing is promoted after a finding")
      }
    }
  }

  @Test(
    "a dump that was cut short or changed, rows that aren't those of the manifest, and a file that PostgreSQL doesn't take are each refused"
  )
  func damaged() async throws {
    try await BackupBench.run { bench in
      let backup = try await bench.create(label: "good")
      let dump = backup + "/cordon.dump"
      let bytes = try Data(contentsOf: URL(filePath: dump))
      try replace(dump, bytes.dropLast(100))
      let (cut, shortened) = try await bench.verify(backup)
      #expect(cut.status == 3 && shortened.findings.map(\.code) == ["dump_altered"])
      #expect(try await bench.program().run("backup", "list", bench.directory).output.contains("damaged"))
      var changed = bytes
      changed[changed.count / 2] ^= 1
      try replace(dump, changed)
      #expect(try await bench.verify(backup).answer.findings.map(\.code) == ["dump_altered"])

      // A ledger that the manifest keeps quiet about is looked at all the same.
      try replace(dump, bytes)
      let manifest = try String(contentsOfFile: backup + "/manifest.json", encoding: .utf8)
      try replace(
        backup + "/manifest.json", Data(manifest.replacing("\"brand_id\" : \(bench.brand.id)", with: "\"brand_id\" : 77").utf8))
      let quiet = try await bench.verify(backup).answer.findings
      #expect(quiet.map(\.code) == ["log_head_differs", "log_head_differs"], "\(quiet)")
      try replace(backup + "/manifest.json", Data(manifest.utf8))

      // Whoever can change the dump can change what the manifest says of it, too.
      try replace(dump, bytes.dropLast(100))
      try rewrite(backup)
      #expect(try await bench.verify(backup).answer.findings.map(\.code) == ["restore_failed"])
      try await bench.copy(try await bench.create(label: "other"), to: "other")
      try await bench.psql("INSERT INTO cordon.global_var (key, value, updated_by) VALUES ('planted', '1', 'x')", on: "other")
      let other = try await bench.create(of: "other", label: "planted")
      try replace(dump, try Data(contentsOf: URL(filePath: other + "/cordon.dump")))
      try rewrite(backup)
      let (swapped, rows) = try await bench.verify(backup)
      #expect(swapped.status == 3 && rows.findings.contains { $0.code == "table_differs" && $0.subject == "cordon.global_var" }, "\(rows)")
    }
  }

  @Test("S4-RST-11 a backup of another schema than the program's is refused with both heads, unless an older one is migrated on its copy")
  func heads() async throws {
    try await BackupBench.run { bench in
      let clean = try await bench.create(label: "clean")
      let head = try #require(Int(try await bench.stack.psql("SELECT max(version) FROM cordon.schema_migrations")))
      try await bench.copy(clean, to: "older", then: "DELETE FROM cordon.schema_migrations WHERE version = \(head)")
      let older = try await bench.create(of: "older", label: "older")
      let (run, answer) = try await bench.verify(older)
      #expect(run.status == 3 && answer.expectedHead == head && answer.actualHead == head - 1)
      let finding = try #require(answer.findings.first)
      #expect(finding.code == "head_mismatch" && finding.detail.contains("expected head \(head), actual head \(head - 1)"), "\(finding)")
      #expect(answer.steps.map(\.passed) == [true, false, false, false])

      try await bench.copy(
        clean, to: "newer", then: "INSERT INTO cordon.schema_migrations (version, name, checksum) VALUES (\(head + 1), 'later', 'x')")
      let newer = try await bench.verify(try await bench.create(of: "newer", label: "newer"), "--migrate")
      #expect(newer.run.status == 3 && newer.answer.findings.map(\.code) == ["head_mismatch"])

      // The copy has what the last file makes, so that a file that makes nothing stands in for it.
      let migrated = try await bench.verify(older, "--migrate", "--migrations", try ladder(bench, endingEmptyAt: head))
      #expect(migrated.run.status == 0 && migrated.answer.verified, "\(migrated.run.messages)\(migrated.run.output)")
      #expect(try await bench.psql("SELECT max(version) FROM cordon.schema_migrations", on: "older") == "\(head - 1)")
    }
  }

  @Test(
    "S4-RST-08 another key without rotation evidence is flagged, by the backup's verdict and by a worker that starts with it; the same key goes on, and a checkpoint that contradicts is found"
  )
  func otherKey() async throws {
    try await BackupBench.run { bench in
      let backup = try await bench.create(label: "before")
      let other = bench.folder + "/other.key"
      let made = try await bench.program().run("keys", "signing", "create", "--operator-name", "cordon.local", "--out", other)
      #expect(made.status == 0, "\(made.messages)")
      let (run, answer) = try await bench.verify(backup, "--key", other)
      #expect(run.status == 3 && answer.findings.map(\.code) == ["key_replaced"], "\(run.output)")
      let (doubted, untrusted) = try await bench.verify(backup, "--keys", try await bench.trustedKeys(of: other))
      #expect(doubted.status == 3 && untrusted.findings.map(\.code) == ["key_untrusted"], "\(doubted.output)")

      // Of the right log and size, but of another tree: signed by a stranger it counts for nothing, and by our own key it contradicts.
      let honest = try Receipt(bytes: Array(try Data(contentsOf: URL(filePath: try await bench.receipt(of: 4))))).checkpoint.checkpoint
      let fork = Checkpoint(origin: honest.origin, size: honest.size, root: MerkleTree.emptyRoot)
      for (key, code) in [(other, "published_unusable"), (bench.keyFile, "log_refused")] {
        let note = bench.folder + "/fork.checkpoint"
        let signed = try SignedCheckpoint(signing: fork, with: try signingKey(key), at: WallClock.system.now())
        try Data(signed.bytes).write(to: URL(filePath: note))
        let judged = try await bench.verify(backup, "--published", note)
        #expect(judged.run.status == 3 && judged.answer.findings.map(\.code) == [code], "\(judged.run.output)")
      }

      for (key, refuses) in [(bench.keyFile, false), (other, true)] {
        let worker = try RoleProcess(
          .walletWorker, stack: bench.stack, port: try FreePort.next(),
          settings: ["SIGNING_KEY_FILE": key, "SIGNING_STATE_DIR": bench.folder])
        try await worker.serves()
        try await bench.deposit()
        try await eventually("a worker with \(key) says whether it signs") {
          try await bench.stack.client.send("GET", "/metrics", at: worker.url).text.contains(
            refuses
              ? "evidence_log_refused{brand_code=\"\(bench.brand.code)\",ledger=\"wallet_ledger\",reason=\"key_unknown\"} 1"
              : "evidence_log_signed_entries{brand_code=\"\(bench.brand.code)\",ledger=\"wallet_ledger\"}")
        }
        let health = try await bench.stack.client.send("GET", "/health", at: worker.url).text
        #expect(health.contains("isn't signed") == refuses, "\(health)")
        await worker.kill()
      }
      try await bench.signed()
      #expect(try await bench.verifyOffline(try await bench.receipt(of: 4), keys: try await bench.trustedKeys(of: bench.keyFile)) == 0)
    }
  }

  // MARK: What is planted

  private static func past(_ sql: String) -> String {
    let tables = ["wallet.wallet_ledger", "evidence.log_checkpoint"]
    let off = tables.map { "ALTER TABLE \($0) DISABLE TRIGGER ALL" }
    let on = tables.map { "ALTER TABLE \($0) ENABLE TRIGGER ALL" }
    return (off + [sql] + on).joined(separator: "; ")
  }

  /// A checkpoint of the brand's whole log that says the truth, signed by a key that nobody named.
  private func forgedNote(_ bench: BackupBench) async throws -> SignedCheckpoint {
    let receipt = try Receipt(bytes: Array(try Data(contentsOf: URL(filePath: try await bench.receipt(of: 4)))))
    return try SignedCheckpoint(signing: receipt.checkpoint.checkpoint, with: SigningKey(), at: WallClock.system.now())
  }

  private func signingKey(_ path: String) throws -> SigningKey {
    let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines)
    return try #require(Hexadecimal.decode(text).flatMap { SigningKey(seed: $0) })
  }

  private func replace(_ path: String, _ bytes: Data) throws {
    try FileManager.default.removeItem(atPath: path)
    try bytes.write(to: URL(filePath: path))
  }

  /// Makes the manifest agree with the dump's file.
  private func rewrite(_ backup: String) throws {
    let (path, dump) = (backup + "/manifest.json", backup + "/cordon.dump")
    var text = try String(contentsOfFile: path, encoding: .utf8)
    let bytes = try Data(contentsOf: URL(filePath: dump))
    let digest = BackupBench.sha256(of: bytes)
    text.replace(/"dump_bytes" : [0-9]+/, with: "\"dump_bytes\" : \(bytes.count)")
    text.replace(/"dump_sha256" : "[0-9a-f]+"/, with: "\"dump_sha256\" : \"\(digest)\"")
    try replace(path, Data(text.utf8))
  }

  /// A copy of the migration files whose last one makes nothing.
  private func ladder(_ bench: BackupBench, endingEmptyAt head: Int) throws -> String {
    let folder = bench.folder + "/migrations"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: MigrationFiles.directory) where name.hasSuffix(".sql") {
      let isLast = Int(name.prefix(4)) == head
      guard !isLast || !name.hasSuffix(".down.sql") else { continue }
      let text = isLast ? "SELECT 1;\n" : try String(contentsOfFile: "\(MigrationFiles.directory)/\(name)", encoding: .utf8)
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return folder
  }
}
