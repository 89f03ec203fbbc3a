internal import HTTPTypes
internal import Kernel
internal import Platform

/// The gateway's own operations on its public port: probes, metrics and documents. None of them asks for a brand (S0-RES-18).
struct LocalPages: Sendable {
  private static let paths = PlatformRoutes.probePaths.union(["/openapi.json", "/docs", "/redoc"])

  private let dispatcher: EndpointDispatcher

  init(context: RoleContext, checks: [ReadinessCheck], keyIDs: @escaping @Sendable () -> [String]) {
    let platform = PlatformRoutes(context: context, checks: checks, acceptedKeyIDs: keyIDs)
    let serverURL = context.configuration.text(Settings.url(of: context.role)) ?? ""
    dispatcher = EndpointDispatcher(
      context: context, endpoints: platform.endpoints(describing: PublicOperations.endpoints, serverURL: serverURL),
      requestGuard: NobodyGuard())
  }

  func contains(_ path: String) -> Bool { Self.paths.contains(path) }

  func page(for request: AdmissionRequest) async -> LocalPage {
    let line = request.head.text(request.head.methodAndTarget)
    var headers = HTTPFields()
    headers[.accept] = request.head.values(named: "accept").first
    if let name = HTTPField.Name("x-request-id") { headers[name] = request.identifiers.requestID }
    let reply = await dispatcher.answer(
      IncomingRequest(
        method: HTTPRequest.Method(request.verb.rawValue) ?? .get, target: String(line.drop { $0 != " " }.dropFirst()),
        authority: request.host, headers: headers, peerAddress: request.client.text))
    return LocalPage(reply)
  }
}
