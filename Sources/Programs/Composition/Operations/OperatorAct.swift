/// Who does something and why, as `cordon.admin_audit` keeps it.
package struct OperatorAct: Hashable, Sendable {
  package let operatorID: String
  package let reason: String

  /// Nil when one of them says nothing.
  package init?(operatorID: String, reason: String) {
    guard !operatorID.allSatisfy(\.isWhitespace), !reason.allSatisfy(\.isWhitespace) else { return nil }
    self.operatorID = operatorID
    self.reason = reason
  }
}
