internal import Audit
internal import Crypto
internal import Foundation
internal import Kernel
internal import Platform
internal import Postgres

/// The folder of records: `<name>.json` says who stated what, `<name>.evidence` is what was shown. The hash of each record stands in `admin_audit`,
/// which nobody can edit, so that a file that was changed or slipped in afterwards is worth nothing.
struct GateRecords: Sendable {
  let folder: String
  let database: Database

  /// Audits the statement, then writes it. What if we stop between the two: the record is missing or another one, and the gate says so.
  func write(_ record: GateRecord, evidence: [UInt8], reason: String) async throws {
    var value = record.json
    if case .object(let members) = value {
      value = .object(members + [JSONValue.Member(name: "record_sha256", value: .string(Self.hash(record.bytes)))])
    }
    let entry = AuditEntry(.gateAttest, .releaseGate, record.name, by: record.operatorID, new: value, reason: reason)
    try await database.withPlatform { transaction in try await AdminAudit.append(entry, brand: nil, in: transaction) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(evidence).write(to: URL(filePath: path(record.name, "evidence")), options: .atomic)
      try Data(record.bytes).write(to: URL(filePath: path(record.name, "json")), options: .atomic)
    } catch {
      throw OperationRefused(.unusable, "the record can't be written to \(folder): \(error.localizedDescription)")
    }
  }

  /// The record and its evidence, when both are what was audited last.
  func read(_ name: String) async throws -> (record: GateRecord, evidence: [UInt8]) {
    guard let bytes = file(name, "json"), let record = GateRecord(bytes: bytes), record.name == name else {
      throw OperationRefused(.notFound, "there is no record \(name) in \(folder): cordon gate attest \(name)")
    }
    guard let evidence = file(name, "evidence"), Self.hash(evidence) == record.evidenceSHA256 else {
      throw OperationRefused(.conflict, "the evidence of \(name) is not what \(record.operatorID) showed")
    }
    guard try await auditedHash(name) == Self.hash(bytes) else {
      throw OperationRefused(.conflict, "the record \(name) is not the one that was audited last")
    }
    return (record, evidence)
  }

  static func hash(_ bytes: [UInt8]) -> String { Hexadecimal.encode(SHA256.hash(data: bytes)) }

  private func auditedHash(_ name: String) async throws -> String? {
    let filter = AuditFilter(
      resource: AuditResource.releaseGate.rawValue, resourceKey: name, action: AuditAction.gateAttest.rawValue)
    let newest = try await database.withPlatform { transaction in
      try await AdminAudit.page(filter, before: nil, limit: 1, in: transaction).first
    }
    return try newest?.newValue.flatMap { try JSONDocument.parse(Array($0.text.utf8))["record_sha256"]?.text }
  }

  private func path(_ name: String, _ ending: String) -> String { "\(folder)/\(name).\(ending)" }

  private func file(_ name: String, _ ending: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path(name, ending)).map { Array($0) }
  }
}
