internal import Audit
internal import Evidence
internal import Kernel
internal import Platform
internal import Postgres

/// Writes down what of a log left the house.
struct EvidenceAudit: Sendable {
  let database: Database

  /// - Parameters:
  ///   - resumedAt: the byte that an export goes on at; nil for one from the beginning.
  ///   - requestID: by which the act is found in the ledgers.
  func record(_ part: LogExport.Part, resumedAt: Int64?, by act: OperatorAct, requestID: String) async throws {
    let (origin, checkpoint) = ("\(part.checkpoint.checkpoint.origin)", part.checkpoint.checkpoint)
    let facts: JSONValue = [
      "first_entry": .integer(part.log.first + 1), "entries": .integer(part.log.count), "checkpoint_size": .integer(checkpoint.size),
      "resumed_at_byte": resumedAt.map { .integer($0) } ?? .null,
    ]
    try await write(
      AuditEntry(.evidenceExport, .evidenceBundle, origin, by: act.operatorID, new: facts, reason: act.reason, requestID: requestID),
      facts: [("log", .string(origin)), ("range", facts)], by: act, requestID: requestID, to: part.source.scope)
  }

  /// The audit's row and the event are there both, or neither.
  func write(
    _ entry: AuditEntry, facts: [(String, JSONValue)], by act: OperatorAct, requestID: String, to scope: LogScope
  ) async throws {
    let event = SystemEvent(
      .export, requestID: requestID, service: "cordon", operatorID: act.operatorID, detail: .members(facts), at: WallClock.system.now())
    switch scope {
    case .brand(let brand):
      try await database.withBrand(brand) { transaction in
        try await AdminAudit.append(entry, in: transaction)
        try await SystemEvents.append([event], in: transaction)
      }
    case .platform:
      try await database.withPlatform { transaction in
        try await AdminAudit.append(entry, brand: nil, in: transaction)
        try await SystemEvents.append([event], brand: nil, in: transaction)
      }
    }
  }
}
