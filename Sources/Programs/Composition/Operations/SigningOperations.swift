package import Audit
package import Evidence
package import Kernel
internal import Platform
package import Postgres

/// What operators see and do with signing as a whole.
package struct SigningOperations: Sendable {
  package static let pauseMax: Duration = .seconds(24 * 3600)

  private let database: Database

  package init(database: Database) { self.database = database }

  package func keys(of operatorName: OperatorName) async throws -> [SigningKeyStore.Kept] {
    try await database.withPlatform { try await SigningKeyStore.all(operatorName, $0) }
  }

  package func pausedUntil(now: Timestamp) async throws -> Timestamp? {
    let until = try await database.withPlatform { try await SigningPauseStore.pausedUntil($0) }
    return until.flatMap { now < $0 ? $0 : nil }
  }

  /// No log is signed until then, or until somebody resumes; all else goes on (S4-INC-05).
  package func pause(for life: Duration, by act: OperatorAct) async throws {
    try await database.withPlatform { transaction in
      try await SigningPauseStore.pause(for: life, by: act.operatorID, reason: act.reason, transaction)
      try await Self.audit(.signingPause, act, ["seconds": .integer(life.components.seconds)], transaction)
    }
  }

  package func resume(by act: OperatorAct) async throws {
    try await database.withPlatform { transaction in
      try await SigningPauseStore.resume(by: act.operatorID, reason: act.reason, transaction)
      try await Self.audit(.signingResume, act, nil, transaction)
    }
  }

  private static func audit(
    _ action: AuditAction, _ act: OperatorAct, _ facts: JSONValue?, _ transaction: PlatformTransaction
  ) async throws {
    let entry = AuditEntry(action, .signing, "*", by: act.operatorID, new: facts, reason: act.reason)
    try await AdminAudit.append(entry, brand: nil, in: transaction)
  }
}
