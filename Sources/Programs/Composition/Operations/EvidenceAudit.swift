internal import Audit
internal import Evidence
internal import Kernel
internal import Platform
internal import Postgres

/// Writes down what of a log left the house.
struct EvidenceAudit: Sendable {
  let database: Database

  /// - Parameter resumedAt: the byte that an export goes on at; nil for one from the beginning.
  func record(_ part: LogExport.Part, resumedAt: Int64?, by act: OperatorAct) async throws {
    let entry = AuditEntry(
      .evidenceExport, .evidenceBundle, "\(part.checkpoint.checkpoint.origin)", by: act.operatorID,
      new: [
        "first_entry": .integer(part.log.first + 1), "entries": .integer(part.log.count),
        "checkpoint_size": .integer(part.checkpoint.checkpoint.size), "resumed_at_byte": resumedAt.map { .integer($0) } ?? .null,
      ], reason: act.reason)
    try await write(entry, to: part.source.scope)
  }

  func write(_ entry: AuditEntry, to scope: LogScope) async throws {
    switch scope {
    case .brand(let brand): try await database.withBrand(brand) { transaction in try await AdminAudit.append(entry, in: transaction) }
    case .platform: try await database.withPlatform { transaction in try await AdminAudit.append(entry, brand: nil, in: transaction) }
    }
  }
}
