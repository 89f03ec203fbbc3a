/// Who changes a document and why, as `cordon.admin_audit` keeps it.
package struct WalletDocumentAct: Hashable, Sendable {
  package let operatorID: String
  package let reason: String
  package let requestID: String?

  package init(operatorID: String, reason: String, requestID: String? = nil) {
    self.operatorID = operatorID
    self.reason = reason
    self.requestID = requestID
  }
}
