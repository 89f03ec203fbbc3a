package import HTTPTypes
package import Kernel
package import Logging

/// A request that was admitted: its route, parameters and body fit the declaration, and its identity is established.
package struct EndpointRequest: Sendable {
  package let method: HTTPRequest.Method
  /// Path and query exactly as they arrived.
  package let target: String
  /// The declared path: bounded, so it may be a label.
  package let route: String
  package let headers: HTTPFields
  package let body: [UInt8]
  /// The body as it was read and checked; nil where the operation takes none.
  package let json: JSONValue?
  package let identity: RequestIdentity
  package let requestID: String
  package let trace: TraceContext
  /// Carries request id, trace, brand and caller as fields already.
  package let logger: Logger
  package let receivedAt: Timestamp
  /// Path and query values by name, percent-decoded and checked against their schemas.
  package let arguments: [String: String]

  package init(
    method: HTTPRequest.Method, target: String, route: String, headers: HTTPFields, body: [UInt8], json: JSONValue?,
    identity: RequestIdentity,
    requestID: String, trace: TraceContext, logger: Logger, receivedAt: Timestamp, arguments: [String: String]
  ) {
    self.method = method
    self.target = target
    self.route = route
    self.headers = headers
    self.body = body
    self.json = json
    self.identity = identity
    self.requestID = requestID
    self.trace = trace
    self.logger = logger
    self.receivedAt = receivedAt
    self.arguments = arguments
  }

  /// The brand of the call. Operations whose access demands a brand always have one; elsewhere its absence is refused loudly (S0-ENF).
  package func brand() throws(Problem) -> BrandID {
    guard let brand = identity.brand else { throw .brandContextRequired(route: route) }
    return brand
  }

  package func player() throws(Problem) -> PlayerID {
    guard let player = identity.player else { throw Problem(.unauthenticated) }
    return player
  }

  package func operatorIdentity() throws(Problem) -> OperatorIdentity {
    guard let operatorIdentity = identity.operatorIdentity else { throw Problem(.unauthenticated) }
    return operatorIdentity
  }

  /// A path or query parameter by its declared name; nil when an optional one was not sent.
  package func argument(_ name: String) -> String? { arguments[name] }

  /// As ``argument(_:)``, for parameters declared `.integer`.
  package func integer(_ name: String) -> Int64? { arguments[name].flatMap { Int64($0) } }

  /// `limit` of a list: the declared value, or the default page size.
  package var pageSize: Int { integer("limit").map { Int($0) } ?? Limits.pageSizeDefault }

  /// A header that was sent exactly once.
  package func header(_ name: String) -> String? { headers.single(name) }

  /// What an outgoing call made for this request carries on.
  package var callContext: CallContext { CallContext(requestID: requestID, trace: trace, logger: logger) }
}
