package import Kernel
package import Platform
package import Postgres

/// What a person does to state that a condition holds which no program can look at.
package struct GateAttestation: Sendable {
  private let records: GateRecords
  private let build: BuildInformation
  private let clock: WallClock

  package init(folder: String, database: Database, build: BuildInformation, clock: WallClock = .system) {
    self.records = GateRecords(folder: folder, database: database)
    self.build = build
    self.clock = clock
  }

  /// - Throws: ``OperationRefused`` for a record that the gate doesn't ask for, or evidence that contradicts it.
  package func attest(_ name: String, evidence: [UInt8], by act: OperatorAct) async throws -> GateRecord {
    let checks = ReleaseGate.items.flatMap { $0.checks }.compactMap { $0 as? RecordCheck }
    guard let check = checks.first(where: { $0.name == name }) else {
      throw OperationRefused(.notFound, "the gate asks for no record \(name); it asks for: \(checks.map(\.name).joined(separator: ", "))")
    }
    guard !evidence.isEmpty else { throw OperationRefused(.unusable, "the evidence is empty") }
    if let fault = check.form.fault(in: evidence) {
      throw OperationRefused(.unusable, "the evidence of \(name) speaks against it: \(fault)")
    }
    let record = GateRecord(
      name: name, statement: check.meaning, operatorID: act.operatorID, at: clock.now(), commit: build.commit,
      evidenceSHA256: GateRecords.hash(evidence))
    try await records.write(record, evidence: evidence, reason: act.reason)
    return record
  }
}
