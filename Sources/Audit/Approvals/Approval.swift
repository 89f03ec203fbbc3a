package import Kernel

/// A request that something be done, and how it stands (S1-APR-02).
package struct Approval: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case requested
    case approved
    case rejected
    case expired
    case used
  }

  package let id: UUIDv7
  package let action: GovernedAction
  /// What exactly may be done.
  package let subject: String
  package let state: State
  package let requestedBy: String
  package let reason: String
  package let requestedAt: Timestamp
  package let expiresAt: Timestamp
  /// Who approved or rejected it.
  package let decidedBy: String?
  package let usedBy: String?

  /// Why it doesn't let `subject` be done now; nil where it does. The database says the same to whoever passes this by.
  package func refusal(of action: GovernedAction, _ subject: String) -> String? {
    guard self.action == action, self.subject == subject else { return "is for another act: \(self.action.rawValue) \(self.subject)" }
    switch state {
    case .approved: return nil
    case .requested: return "waits for a second person: cordon approvals approve \(id)"
    case .rejected: return "was rejected by \(decidedBy ?? "somebody")"
    case .expired: return "has expired"
    case .used: return "was used by \(usedBy ?? "somebody")"
    }
  }
}
