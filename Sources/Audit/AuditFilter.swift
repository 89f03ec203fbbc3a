/// Which rows of the audit are asked for. What is nil matches everything.
package struct AuditFilter: Hashable, Sendable {
  package let resource: String?
  package let resourceKey: String?
  package let operatorID: String?
  package let action: String?

  package init(resource: String? = nil, resourceKey: String? = nil, operatorID: String? = nil, action: String? = nil) {
    self.resource = resource
    self.resourceKey = resourceKey
    self.operatorID = operatorID
    self.action = action
  }
}
