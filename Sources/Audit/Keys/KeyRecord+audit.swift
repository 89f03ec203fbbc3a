package import Evidence
internal import Kernel
internal import Platform

extension KeyRecord {
  /// What `admin_audit` says of it: the record's digest, so that the platform's signed log vouches for the history (S4-KEY-03).
  package func registration(
    _ action: AuditAction = .signingKeyRegister, by operatorID: String, reason: String
  ) -> AuditEntry {
    AuditEntry(
      action, .signingKey, "\(operatorName) \(number)", by: operatorID,
      new: [
        "fingerprint": .string(fingerprint), "from": .string("\(from)"), "record_sha256": .string("\(hash)"),
        "approval": approval.map { .string($0) } ?? .null,
      ], reason: reason)
  }
}
