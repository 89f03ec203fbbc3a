internal import Audit
package import Game
internal import Platform
package import Postgres

/// What an operator does with game callbacks whose account was nobody's (S0-DLQ).
package struct DeadLetterOperations: Sendable {
  private let database: Database
  private let store = DeadLetterStore()

  package init(database: Database) { self.database = database }

  /// The oldest first.
  /// - Parameter status: nil for every status.
  package func list(_ status: DeadLetterStatus?, provider: String?, limit: Int) async throws -> [DeadLetterRecord] {
    try await database.withPlatform { try await store.list(status, provider: provider, limit: limit, in: $0) }
  }

  package func find(_ id: Int64) async throws -> DeadLetterRecord {
    guard let record = try await database.withPlatform({ try await store.find(id, in: $0) }) else { throw Self.missing(id) }
    return record
  }

  /// Gives a letter up: its money is lost for good. The row and its audit row are one transaction, so that neither is there without the
  /// other (S0-DLQ-10, S0-DLQ-12).
  ///
  /// An approval by a second person goes before this call: the act is all that it has to carry.
  /// - Parameter notes: kept on the row alone.
  package func abandon(_ id: Int64, by act: OperatorAct, notes: String?, isDryRun: Bool) async throws -> DeadLetterRecord {
    try await database.withPlatform { transaction in
      let record = try await claim(id, transaction)
      guard record.status == .pending else { throw OperationRefused(.conflict, "dead letter \(id) is \(record.status.rawValue)") }
      guard !isDryRun else { return record }
      try await store.markAbandoned(id, notes: notes, in: transaction)
      try await AdminAudit.append(Self.entry(for: record, act), brand: nil, in: transaction)
      guard let abandoned = try await store.find(id, in: transaction) else { throw Self.missing(id) }
      return abandoned
    }
  }

  private func claim(_ id: Int64, _ transaction: PlatformTransaction) async throws -> DeadLetterRecord {
    do {
      guard let record = try await store.claim(id, in: transaction) else { throw Self.missing(id) }
      return record
    } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
      throw OperationRefused(.conflict, "dead letter \(id) is being replayed or abandoned by somebody else")
    }
  }

  private static func entry(for record: DeadLetterRecord, _ act: OperatorAct) -> AuditEntry {
    let old: JSONValue = [
      "replay_status": .string(record.status.rawValue), "provider": .string(record.letter.provider),
      "outbound_account": .string(record.letter.outboundAccount), "request_id": .string(record.letter.requestID),
    ]
    return AuditEntry(
      .deadLetterAbandon, .gameCallbackDeadLetter, "\(record.id)", by: act.operatorID, old: old,
      new: ["replay_status": .string(DeadLetterStatus.abandoned.rawValue)], reason: act.reason)
  }

  private static func missing(_ id: Int64) -> OperationRefused { OperationRefused(.notFound, "there is no dead letter \(id)") }
}
