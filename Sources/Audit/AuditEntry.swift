package import Platform

/// One act, as it goes into `cordon.admin_audit`. Always names who, what, and on which thing (S0-AUD-16).
package struct AuditEntry: Hashable, Sendable {
  package let action: AuditAction
  package let resource: AuditResource
  /// The thing's key as text; never empty.
  package let resourceKey: String
  package let operatorID: String
  /// Enough to restore what was there; nil when there was nothing.
  package let oldValue: JSONValue?
  /// Nil when the thing was removed.
  package let newValue: JSONValue?
  package let reason: String?
  package let requestID: String?

  package init(
    _ action: AuditAction, _ resource: AuditResource, _ resourceKey: String, by operatorID: String, old: JSONValue? = nil,
    new: JSONValue? = nil, reason: String? = nil, requestID: String? = nil
  ) {
    self.action = action
    self.resource = resource
    self.resourceKey = resourceKey
    self.operatorID = operatorID
    self.oldValue = old
    self.newValue = new
    self.reason = reason
    self.requestID = requestID
  }
}
