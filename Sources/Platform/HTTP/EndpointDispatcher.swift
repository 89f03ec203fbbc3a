internal import HTTPTypes
package import Kernel
internal import Contracts
package import Logging

/// Answers whole requests: route, drain, guard, arguments, body, handler, in that order; and everything about an answer that isn't
/// the handler's business. It knows no transport, so that the gateway's own pipeline answers the platform's operations with it too.
package struct EndpointDispatcher: Sendable {
  private let metrics: PlatformMetrics
  private let logger: Logger
  private let clock: WallClock
  private let drain: DrainState
  private let routes: RouteTable
  private let requestGuard: any RequestGuard
  private let inFlight: InFlightRequests
  private let refusals: (any RefusalRecorder)?
  /// False where the log has only what was refused or failed.
  private let logsEverything: Bool

  package init(
    context: RoleContext, endpoints: [Endpoint], requestGuard: any RequestGuard, inFlight: InFlightRequests = InFlightRequests()
  ) {
    self.init(
      metrics: context.metrics, logger: context.logger, clock: context.clock, drain: context.drain,
      logsEverything: context.configuration.flag(Settings.accessLog), endpoints: endpoints, requestGuard: requestGuard, inFlight: inFlight,
      refusals: context.refusals)
  }

  /// For a server that is no role of the platform.
  package init(
    metrics: PlatformMetrics, logger: Logger, clock: WallClock, drain: DrainState, logsEverything: Bool, endpoints: [Endpoint],
    requestGuard: any RequestGuard, inFlight: InFlightRequests, refusals: (any RefusalRecorder)? = nil
  ) {
    self.metrics = metrics
    self.logger = logger
    self.clock = clock
    self.drain = drain
    self.logsEverything = logsEverything
    self.routes = RouteTable(endpoints)
    self.requestGuard = requestGuard
    self.inFlight = inFlight
    self.refusals = refusals
  }

  /// Never throws: every failure is an answer.
  package func answer(_ request: IncomingRequest) async -> Reply {
    let started = ContinuousClock.now
    var exchange = Exchange(request, clock: clock, logger: logger)
    let entry = inFlight.begin(
      service: metrics.service, method: request.method.rawValue, path: exchange.path, requestID: exchange.requestID)
    metrics.requestsInFlight.add(1)
    let reply = await answered(request, &exchange)
    metrics.requestsInFlight.add(-1)
    inFlight.end(entry)
    record(reply, exchange, seconds: (ContinuousClock.now - started).inSeconds)
    return reply
  }

  /// The answer to a request that the connection refused before it was one: malformed, too large, too slow.
  package func refuse(_ problem: Problem) -> Reply {
    var exchange = Exchange(clock: clock, logger: logger)
    let reply = refusal(problem, &exchange)
    record(reply, exchange, seconds: 0)
    return reply
  }

  private func answered(_ request: IncomingRequest, _ exchange: inout Exchange) async -> Reply {
    do {
      var reply = try await handled(request, &exchange)
      finish(&reply, exchange)
      return reply
    } catch {
      let problem = FailureRules.problem(from: error)
      if !(error is Problem) { logFailure(error, as: problem, exchange) }
      return refusal(problem, &exchange)
    }
  }

  private func handled(_ request: IncomingRequest, _ exchange: inout Exchange) async throws -> Reply {
    let (endpoint, pathArguments) = try route(request, &exchange)
    guard !drain.isDraining || request.method == .get || request.method == .head else { throw Problem(.draining) }
    guard request.body.count <= endpoint.bodyBytesMax else { throw Problem(.bodyTooLarge) }
    if endpoint.access != .open {
      exchange.identity = try await admitted(
        GuardedRequest(
          access: endpoint.access, method: request.method, target: request.target, route: endpoint.path, headers: request.headers,
          body: request.body, requestID: exchange.requestID, logger: exchange.logger), &exchange)
      exchange.nameCaller()
    }
    let arguments = try ArgumentRules.arguments(
      of: endpoint.parameters, path: pathArguments, query: exchange.query, headers: request.headers)
    let json =
      endpoint.takesRawBody ? nil : try BodyRules.value(headers: request.headers, body: request.body, schema: endpoint.bodySchema)
    return try await endpoint.handle(
      EndpointRequest(
        method: request.method, target: request.target, route: endpoint.path, headers: request.headers, body: request.body, json: json,
        identity: exchange.identity, requestID: exchange.requestID, trace: exchange.trace, logger: exchange.logger,
        receivedAt: exchange.receivedAt, arguments: arguments))
  }

  private func admitted(_ request: GuardedRequest, _ exchange: inout Exchange) async throws -> RequestIdentity {
    do {
      return try await requestGuard.admit(request)
    } catch {
      if refusals != nil { exchange.sighting = requestGuard.sighting(of: request) }
      throw error
    }
  }

  private func route(_ request: IncomingRequest, _ exchange: inout Exchange) throws(Problem) -> (Endpoint, [String: String]) {
    switch routes.match(request.method, path: exchange.path) {
    case .found(let endpoint, let arguments):
      exchange.route = endpoint.path
      exchange.refusalForm = endpoint.refusalForm
      return (endpoint, arguments)
    case .otherMethods(let allowed):
      exchange.allowed = allowed
      throw Problem(.methodNotAllowed)
    case .nothing:
      throw Problem(.notFound)
    }
  }

  private func refusal(_ problem: Problem, _ exchange: inout Exchange) -> Reply {
    var reply =
      exchange.refusalForm?(problem) ?? ProblemReply.reply(problem, requestID: exchange.requestID, trace: exchange.trace)
    if problem.reason == .methodNotAllowed { reply.headers[.allow] = exchange.allowed.joined(separator: ", ") }
    if problem.reason == .draining { reply.headers[.connection] = "close" }
    exchange.reason = problem.reason
    finish(&reply, exchange)
    return reply
  }

  private func finish(_ reply: inout Reply, _ exchange: Exchange) {
    reply.headers[.requestID] = exchange.requestID
    reply.headers[.traceResponse] = exchange.trace.traceparent
    reply.headers[.xContentTypeOptions] = "nosniff"
    // Answers speak of one caller's money: no cache on the way may keep them unless the handler says so.
    if !reply.headers.contains(.cacheControl) { reply.headers[.cacheControl] = "no-store" }
  }

  private func logFailure(_ error: any Error, as problem: Problem, _ exchange: Exchange) {
    var metadata: Logger.Metadata = ["reason": "\(problem.reason.rawValue)", "route": "\(exchange.route)", "error": "\(error)"]
    if let event = RefusalClass.logEvent(problem.reason) { metadata["event"] = "\(event)" }
    exchange.logger.error("request failed", metadata: metadata)
  }

  private func tell(_ reason: ProblemReason, _ reply: Reply, _ exchange: Exchange) {
    guard let refusals, RefusalClass(reason) != nil else { return }
    refusals.record(
      RefusedRequest(
        reason: reason, status: reply.status.code, requestID: exchange.requestID, traceID: exchange.trace.traceID,
        method: exchange.methodLabel, route: exchange.route, identity: exchange.sighting ?? exchange.identity, at: exchange.receivedAt))
  }

  private func record(_ reply: Reply, _ exchange: Exchange, seconds: Double) {
    metrics.requests.increment([exchange.identity.brandCode?.rawValue ?? "none", metrics.service])
    metrics.requestDuration.observe(seconds, [exchange.methodLabel, exchange.route, String(reply.status.code)])
    if let reason = exchange.reason { metrics.requestsRefused.increment([reason.rawValue]) }
    if exchange.reason == .unresolvedBrand { metrics.countResolutionFailure(.unresolvedBrand) }
    if let reason = exchange.reason { tell(reason, reply, exchange) }
    guard logsEverything || exchange.reason != nil || reply.status.code >= 400 else { return }
    var metadata: Logger.Metadata = [
      "method": "\(exchange.methodLabel)", "route": "\(exchange.route)", "status": "\(reply.status.code)",
      "duration_ms": "\(Int((seconds * 1000).rounded()))",
    ]
    if let reason = exchange.reason {
      metadata["reason"] = "\(reason.rawValue)"
      if let event = RefusalClass.logEvent(reason) { metadata["event"] = "\(event)" }
    }
    exchange.logger.log(level: exchange.isProbe ? .debug : .info, "request", metadata: metadata)
  }
}
