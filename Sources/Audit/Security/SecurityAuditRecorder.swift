internal import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Writes attempts across brands into `security_audit_logs`, and where that fails into a file, from which `cordon audit security import` brings them into
/// the table. Whoever answers requests only leaves them here.
package final class SecurityAuditRecorder: ViolationRecorder {
  private static let pause: Duration = .milliseconds(250)
  private static let deadline: Duration = .seconds(3)
  /// Of one brand's people: a storm of one displaces nothing of another.
  private static let waitingMax = 500

  private let database: Database
  private let file: SecurityLogFile
  private let metrics: SecurityAuditMetrics
  private let logger: Logger
  private let waiting = Mutex<[Int64: [SecurityAuditEntry]]>([:])

  /// - Parameter database: a pool that requests don't wait for.
  package init(database: Database, file: SecurityLogFile, registry: MetricsRegistry, logger: Logger) {
    self.database = database
    self.file = file
    metrics = SecurityAuditMetrics(registry)
    self.logger = logger
  }

  package func record(_ violation: BrandViolation) {
    metrics.saw(violation)
    logger.warning(
      "attempt across brands",
      metadata: [
        "event": "security_violation", "event_type": "\(violation.kind.rawValue)", "severity": "\(violation.severity.rawValue)",
        "user_id": "\(violation.user ?? "")", "authenticated_brand_id": "\(violation.authenticated?.description ?? "none")",
        "attempted_brand_id": "\(violation.attempted?.description ?? "none")", "request_id": "\(violation.requestID)",
      ])
    let entry = SecurityAuditEntry(violation)
    let hasRoom = waiting.withLock { waiting in
      guard waiting[entry.authenticated ?? 0, default: []].count < Self.waitingMax else { return false }
      waiting[entry.authenticated ?? 0, default: []].append(entry)
      return true
    }
    if !hasRoom { metrics.lost(1) }
  }

  /// Writes until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: Self.pause)
      await round()
    }
  }

  /// Writes what is left. To be called when no request is answered any more.
  package func finish() async { await round() }

  package func round() async {
    let entries = waiting.withLock { waiting in
      defer { waiting.removeAll() }
      return waiting.values.joined().sorted { $0.at < $1.at }
    }
    var rest: [SecurityAuditEntry] = []
    for entry in entries {
      // One failure is enough to know: the others of the round go the same way.
      let isIn = rest.isEmpty ? await insert(entry) : false
      if isIn { metrics.wroteToTable() } else { rest.append(entry) }
    }
    if !rest.isEmpty { fallBack(rest) }
  }

  private func insert(_ entry: SecurityAuditEntry) async -> Bool {
    do {
      try await database.withPlatform(deadline: Self.deadline) { transaction in try await SecurityAuditStore.insert(entry, transaction) }
      return true
    } catch {
      logger.error(
        "security_audit_logs can't be written; the file is",
        metadata: ["event": "security_audit_fallback", "path": "\(file.path)", "error": "\(error)"])
      return false
    }
  }

  private func fallBack(_ entries: [SecurityAuditEntry]) {
    do throws(FileFault) {
      try file.append(entries)
      metrics.wroteToFile(entries.count)
    } catch {
      metrics.lost(entries.count)
      for entry in entries {
        logger.critical(
          "a violation can be kept nowhere but here",
          metadata: ["event": "security_audit_lost", "entry": "\(entry.line)", "error": "\(error.description)"])
      }
    }
  }
}
