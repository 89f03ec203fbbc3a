internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging
internal import Platform

/// Where providers' callbacks arrive: `POST /callbacks/{provider}/…`, each with its own paths, bodies and answers.
///
/// They come from outside, so no internal header means anything here: only the signature over the body says who it is, and only the account
/// in it says which brand.
struct CallbackRoutes: Sendable {
  let pipeline: CallbackPipeline
  /// False where the log has only what was refused or put off.
  let logsEverything: Bool
  /// Where it is told that a signature was wrong: the answer is the provider's, so that nobody else would know.
  let refusals: (any RefusalRecorder)?

  var endpoints: [Endpoint] { Providers.profiles.flatMap { profile in profile.routes.map { endpoint(profile, $0) } } }

  private func endpoint(_ profile: any ProviderProfile, _ route: ProviderRoute) -> Endpoint {
    Endpoint(
      rawBody: "/callbacks/\(profile.name)/\(route.path)", .any, id: Self.operationID(profile, route),
      summary: "\(profile.name) asks: \(route.operation.rawValue)", access: .open, reply: .other(contentType: Self.contentType(profile)),
      refusalForm: { Self.refusal($0, profile, route) }
    ) { request in
      let result = await pipeline.handle(
        provider: profile.name, operation: route.path, headers: request.headers, body: request.body, trust: .signature,
        context: request.callContext)
      tell(result, profile, route, request)
      return Self.reply(result.reply)
    }
  }

  /// The dispatcher's own line knows no brand: only the body says which it is (S0-SVC-11).
  private func tell(_ result: CallbackResult, _ profile: any ProviderProfile, _ route: ProviderRoute, _ request: EndpointRequest) {
    if result.outcome == .unverified { tellUnverified(result, request) }
    guard logsEverything || result.outcome != .applied else { return }
    var metadata: Logger.Metadata = [
      "event": "callback", "provider": "\(profile.name)", "operation": "\(route.operation.rawValue)",
      "outcome": "\(result.outcome.rawValue)",
    ]
    if let brand = result.brand { metadata["brand_id"] = "\(brand)" }
    if let code = result.brandCode { metadata["brand_code"] = "\(code)" }
    request.logger.info("callback", metadata: metadata)
  }

  private func tellUnverified(_ result: CallbackResult, _ request: EndpointRequest) {
    refusals?.record(
      RefusedRequest(
        reason: .callbackSignatureInvalid, status: result.reply.status, requestID: request.requestID, traceID: request.trace.traceID,
        method: request.method.rawValue, route: request.route, identity: request.identity, at: request.receivedAt))
  }

  /// What the server itself refuses, in the provider's form: a draining server or one that fails may be asked again, all else not.
  private static func refusal(_ problem: Problem, _ profile: any ProviderProfile, _ route: ProviderRoute) -> Reply {
    reply(profile.write(CallbackAnswer(problem.reason.retryable ? .tryAgain : .malformed, route.operation)))
  }

  private static func reply(_ reply: CallbackReply) -> Reply {
    Reply(status: .init(code: reply.status), headers: [.contentType: reply.contentType], body: reply.body)
  }

  private static func contentType(_ profile: any ProviderProfile) -> String {
    profile.write(CallbackAnswer(.applied, .balance)).contentType
  }

  private static func operationID(_ profile: any ProviderProfile, _ route: ProviderRoute) -> String {
    let words = route.operation.rawValue.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return profile.name + words.joined()
  }
}
