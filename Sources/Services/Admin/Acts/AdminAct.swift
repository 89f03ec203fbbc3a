internal import Audit
internal import Kernel
internal import Logging
internal import Platform

/// Who acts, and under which request: what every audit row of the act says.
struct AdminAct: Sendable {
  let operatorIdentity: OperatorIdentity
  let requestID: String
  /// The declared path, as a metric label.
  let route: String
  let logger: Logger

  /// - Throws: `unauthenticated` without an operator, which only a route with the wrong access can cause.
  init(_ request: EndpointRequest) throws(Problem) {
    operatorIdentity = try request.operatorIdentity()
    requestID = request.requestID
    route = request.route
    logger = request.logger
  }

  func entry(
    _ action: AuditAction, _ resource: AuditResource, _ key: String, old: JSONValue? = nil, new: JSONValue? = nil, reason: String? = nil
  ) -> AuditEntry {
    AuditEntry(action, resource, key, by: operatorIdentity.id, old: old, new: new, reason: reason, requestID: requestID)
  }
}
