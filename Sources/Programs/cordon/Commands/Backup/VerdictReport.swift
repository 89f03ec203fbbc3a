internal import Composition
internal import Kernel
internal import Platform

/// A verdict for people and for programs.
enum VerdictReport {
  static func json(_ verdict: BackupVerdict) -> JSONValue {
    [
      "backup": .string(verdict.backup), "verified": .boolean(verdict.isVerified), "expected_head": .integer(verdict.expectedHead),
      "actual_head": .integer(verdict.actualHead), "heads_sha256": .string(verdict.headsSha256),
      "steps": .array(verdict.steps.map(json)), "logs": .array(verdict.logs.map(json)),
      "keys": .array(verdict.keys.map { ["number": .integer($0.number), "fingerprint": .string($0.fingerprint)] }),
    ]
  }

  private static func json(_ step: RestoreStep) -> JSONValue {
    [
      "name": .string(step.name.rawValue), "passed": .boolean(step.passed), "seconds": step.seconds.map { .number("\($0)") } ?? .null,
      "findings": .array(
        step.findings.map { ["code": .string($0.code.rawValue), "subject": .string($0.subject), "detail": .string($0.detail)] }),
    ]
  }

  private static func json(_ log: RestoredLog) -> JSONValue {
    [
      "brand_id": .integer(log.brandID), "brand_code": .string(log.brandCode), "ledger": .string(log.ledger),
      "entries": .integer(log.entries), "head_hash": .string(log.headHash), "signed": .integer(log.signed),
      "checkpoints": .integer(log.checkpoints), "published": log.published.map { .integer($0) } ?? .null,
      "live": log.live.map { .integer($0) } ?? .null, "rpo_entries": .integer(log.rpoEntries), "rpo_seconds": .integer(log.rpoSeconds),
    ]
  }

  static func text(_ verdict: BackupVerdict) -> String {
    var steps = TextTable("STEP", "SECONDS", "RESULT")
    for step in verdict.steps {
      steps.add(
        step.name.rawValue, step.seconds.map { "\($0)" } ?? "-",
        step.seconds == nil ? "not reached" : step.findings.isEmpty ? "passed" : "\(step.findings.count) findings")
    }
    var logs = TextTable("BRAND", "ENTRIES", "SIGNED", "CHECKPOINTS", "PUBLISHED", "LIVE", "BEHIND ENTRIES", "BEHIND SECONDS")
    for log in verdict.logs {
      logs.add(
        log.brandCode, "\(log.entries)", "\(log.signed)", "\(log.checkpoints)", log.published.map { "\($0)" } ?? "-",
        log.live.map { "\($0)" } ?? "-", "\(log.rpoEntries)", "\(log.rpoSeconds)")
    }
    return ([steps.text, logs.text] + verdict.findings.map(\.description)).joined(separator: "\n")
  }
}
