internal import HTTPTypes
internal import Kernel
internal import Platform

/// The public routes as operations of the gateway's OpenAPI document. They are described here and answered by the services, whose own
/// documents have the schemas.
enum PublicOperations {
  static var endpoints: [Endpoint] { PublicRoutes.cordon.routes.map(endpoint) }

  private static func endpoint(_ route: GatewayRoute) -> Endpoint {
    Endpoint(
      HTTPRequest.Method(route.verb.rawValue) ?? .get, route.template, id: operationID(route), summary: route.summary,
      access: route.needsPlayer ? .player : .open, reply: .other(contentType: "application/json"), refusals: refusals(route)
    ) { _ in throw Problem(.notFound) }
  }

  private static func operationID(_ route: GatewayRoute) -> String {
    let words = route.template.split { $0 == "/" || $0 == "{" || $0 == "}" || $0 == "_" || $0 == "-" || $0 == "." }.dropFirst()
    return route.verb.rawValue.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func refusals(_ route: GatewayRoute) -> [ProblemReason] {
    let edge: [ProblemReason] = [
      .unknownDomain, .brandDisabled, .redisError, .rateLimited, .upstreamUnavailable, .upstreamTimeout, .overloaded, .unavailable,
    ]
    return edge
      + (route.needsPlayer ? [.unauthenticated, .invalidToken, .tokenExpired, .unknownKeyID, .sessionMissing, .jwtDomainMismatch] : [])
  }
}
