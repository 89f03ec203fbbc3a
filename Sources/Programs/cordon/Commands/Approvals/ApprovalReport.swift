internal import Audit
internal import Kernel
internal import Platform

/// Approvals as they are printed.
enum ApprovalReport {
  static func json(_ approval: Approval) -> JSONValue {
    [
      "approval_id": .string("\(approval.id)"), "action": .string(approval.action.rawValue), "subject": .string(approval.subject),
      "state": .string(approval.state.rawValue), "requested_by": .string(approval.requestedBy), "reason": .string(approval.reason),
      "requested_at": .string("\(approval.requestedAt)"), "expires_at": .string("\(approval.expiresAt)"),
      "decided_by": approval.decidedBy.map { .string($0) } ?? .null, "used_by": approval.usedBy.map { .string($0) } ?? .null,
    ]
  }

  static func text(_ approval: Approval) -> String {
    var line = "\(approval.id) \(approval.state.rawValue): \(approval.action.rawValue) \(approval.subject)"
    line += ", asked for by \(approval.requestedBy) (\(approval.reason)), until \(approval.expiresAt)"
    if let person = approval.decidedBy { line += ", decided by \(person)" }
    if let person = approval.usedBy { line += ", used by \(person)" }
    return line
  }
}
