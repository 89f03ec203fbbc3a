internal import Audit
internal import Evidence
internal import Kernel
internal import Platform
internal import Postgres

/// The four steps of a restore, each with what it found.
struct RestoreInspection {
  /// Of the table findings, which may be as many as there are tables.
  private static let findingsMax = 20
  /// Entries between two lines for whoever waits.
  private static let progressStep: Int64 = 100_000

  let manifest: BackupManifest
  let request: BackupVerification.Request
  let isolated: IsolatedDatabase
  let progress: @Sendable (String) -> Void

  // MARK: Restore

  /// Fills the isolated database, and compares every table with what the manifest says of it.
  func restore() async throws -> [BackupFinding] {
    let dump = request.folder.dump
    let file = try BackupFile.digest(of: dump)
    guard file.bytes == manifest.dumpBytes, file.sha256 == manifest.dumpSha256 else {
      let detail =
        "\(file.bytes) bytes with SHA-256 \(file.sha256); the manifest says \(manifest.dumpBytes) bytes with \(manifest.dumpSha256)"
      return [BackupFinding(.dumpAltered, dump, detail)]
    }
    do {
      try await isolated.restore(dump, roles: manifest.snapshot.roles)
    } catch let fault as BackupFault {
      return [BackupFinding(.restoreFailed, dump, fault.description)]
    }
    let restored = try await reading { try await $0.tables(progress: progress) }
    return Array(differences(byName(manifest.snapshot.tables), byName(restored)).prefix(Self.findingsMax))
  }

  private func reading<Value>(_ body: (SnapshotStore) async throws -> Value) async throws -> Value {
    try await isolated.withDatabase { database in
      try await database.withPlatform(isolation: .repeatableRead, deadline: BackupCreation.deadline) { transaction in
        try await body(SnapshotStore(transaction: transaction))
      }
    }
  }

  private func differences(_ before: [String: TableDigest], _ after: [String: TableDigest]) -> [BackupFinding] {
    Set(before.keys).union(after.keys).sorted().compactMap { name in
      guard before[name] != after[name] else { return nil }
      return BackupFinding(.tableDiffers, name, "\(text(before[name])) in the backup, \(text(after[name])) restored")
    }
  }

  private func byName(_ tables: [TableDigest]) -> [String: TableDigest] {
    Dictionary(tables.map { ($0.table, $0) }) { first, _ in first }
  }

  private func text(_ digest: TableDigest?) -> String { digest.map { "\($0.rows) rows with SHA-256 \($0.sha256)" } ?? "no such table" }

  // MARK: Head

  /// Whether this program works with the schema, if need be after the migrations that are missing.
  func checkHead() async throws -> [BackupFinding] {
    let (expected, actual) = (SchemaHead.expected, manifest.snapshot.head)
    if actual < expected, let directory = request.migrations {
      try await isolated.migrate(try MigrationFolder.load(directory: directory))
    }
    let head = try await isolated.withDatabase { try await MigrationHead.read(from: $0) }
    guard head != expected else { return [] }
    let advice =
      head < expected
      ? "verify it with --migrate, or with the program that made it (\(manifest.commit))"
      : "use the program that made it (\(manifest.commit))"
    return [BackupFinding(.headMismatch, "schema", "expected head \(expected), actual head \(head); \(advice)")]
  }

  // MARK: Integrity

  /// Recomputes every ledger, and compares it with everything that was signed of it inside and outside of the database.
  func checkIntegrity() async throws -> (findings: [BackupFinding], logs: [RestoredLog]) {
    let restored = try await reading { try await $0.logs() }
    var findings = keyFindings() + heads(restored)
    var logs: [RestoredLog] = []
    try await isolated.withDatabase { database in
      for log in restored {
        guard let brand = BrandID(log.brandID) else { continue }
        var told: Int64 = 0
        let checked = try await LogInspection(
          log: log, brand: brand, takenAt: manifest.snapshot.takenAt.timestamp, history: history, published: request.published,
          live: request.live[brand], database: database
        ).run { count in
          guard count - told >= Self.progressStep else { return }
          told = count
          progress("\(log.brandCode): \(count) entries recomputed")
        }
        findings += checked.findings
        logs.append(checked.log)
      }
      findings += try await audits(database)
    }
    return (findings, logs)
  }

  /// The ledgers beside the wallet's, whose ends no manifest names: each against its own chain and everything that was signed of it.
  private func audits(_ database: Database) async throws -> [BackupFinding] {
    let operations = EvidenceOperations(database: database)
    let scopes: [LogScope] = try await operations.brands(nil).map { .brand($0.id) } + [.platform]
    var findings: [BackupFinding] = []
    for scope in scopes {
      for log in try operations.logs(of: scope, only: []) where log.ledger != .walletLedger {
        if let refusal = try await operations.check(log, progress: { _ in }).refusal {
          findings.append(BackupFinding(.logRefused, "\(log.ledger.rawValue) of \(scope)", refusal.description))
        }
      }
    }
    return findings
  }

  /// A ledger that only one side knows is a finding too.
  private func heads(_ restored: [BackupLog]) -> [BackupFinding] {
    let before = Dictionary(manifest.snapshot.logs.map { ($0.brandID, $0) }) { first, _ in first }
    let after = Dictionary(restored.map { ($0.brandID, $0) }) { first, _ in first }
    return Set(before.keys).union(after.keys).sorted().compactMap { brand in
      guard before[brand] != after[brand] else { return nil }
      return BackupFinding(
        .logHeadDiffers, "brand \(brand)", "\(text(before[brand])) in the backup, \(text(after[brand])) restored")
    }
  }

  private func text(_ log: BackupLog?) -> String { log.map { "\($0.entries) entries up to \($0.headHash)" } ?? "no ledger" }

  /// The keys of today where they continue the backup's; else those that the backup names.
  private var history: KeyHistory? {
    guard let today = request.history else { return manifest.history }
    return keyFindings().contains { $0.code == .keyReplaced } ? manifest.history : today
  }

  private func keyFindings() -> [BackupFinding] {
    var findings: [BackupFinding] = []
    if manifest.history == nil, manifest.keyHistory != nil {
      findings.append(BackupFinding(.keysMissing, "keys", "the manifest's key history isn't one"))
    }
    if let then = manifest.history, let today = request.history, !today.bytes.starts(with: then.bytes) {
      let named = { (history: KeyHistory) in BackupKey.keys(of: history).map(\.fingerprint).joined(separator: ", ") }
      findings.append(
        BackupFinding(.keyReplaced, "keys", "the backup's keys are \(named(then)), and today's history is \(named(today))"))
    }
    if !request.trusted.isEmpty, let judged = manifest.history ?? request.history, !judged.isTrusted(by: request.trusted) {
      findings.append(BackupFinding(.keyUntrusted, "keys", "none of the keys that you trust is in the backup's history"))
    }
    return findings
  }

  // MARK: Promotion

  /// Whether the services could work on it: the application's role logs in, sees what it should, and the walls between brands stand.
  func checkPromotion() async throws -> [BackupFinding] {
    let holes = try await isolated.withDatabase { try await CatalogueAudit(database: $0).findings() }
    var findings = holes.map { BackupFinding(.wallMissing, $0.object, $0.description) }
    findings += try await isolated.withApplication { application in
      var findings: [BackupFinding] = []
      let brands = try await BrandCatalog(database: application).all()
      if brands.count != manifest.snapshot.logs.count {
        findings.append(BackupFinding(.wallMissing, "cordon.brand", "the application sees \(brands.count) brands"))
      }
      return findings
    }
    return findings
  }
}
