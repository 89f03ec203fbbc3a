internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging

/// What is known about one request while it is being answered.
struct Exchange: Sendable {
  let requestID: String
  let trace: TraceContext
  let receivedAt: Timestamp
  let path: Substring
  let query: Substring?
  /// One of the nine methods of RFC 9110 and 5789, or `_OTHER`: a label must be bounded.
  let methodLabel: String
  var logger: Logger
  var identity = RequestIdentity.anonymous
  /// What is known of whoever the guard refused.
  var sighting: RequestIdentity?
  /// The declared path; `unmatched` until there is one.
  var route = "unmatched"
  var allowed: [String] = []
  var reason: ProblemReason?
  /// The form of the operation's refusals, where it has one of its own.
  var refusalForm: (@Sendable (Problem) -> Reply)?

  private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"]

  init(_ request: IncomingRequest, clock: WallClock, logger: Logger) {
    let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let traceparent = request.headers.single(HeaderNames.traceparent)
    self.init(
      requestID: RequestIDRules.accepted(request.headers.single(HeaderNames.requestID)) ?? RequestIDRules.next(clock: clock),
      trace: .continuing(traceparent: traceparent, tracestate: request.headers.single(HeaderNames.tracestate)),
      path: parts[0], query: parts.count > 1 ? parts[1] : nil,
      methodLabel: Self.methods.contains(request.method.rawValue) ? request.method.rawValue : "_OTHER", clock: clock, logger: logger)
  }

  /// For what never became a request.
  init(clock: WallClock, logger: Logger) {
    self.init(
      requestID: RequestIDRules.next(clock: clock), trace: .new(), path: "", query: nil, methodLabel: "_OTHER", clock: clock,
      logger: logger)
  }

  private init(
    requestID: String, trace: TraceContext, path: Substring, query: Substring?, methodLabel: String, clock: WallClock, logger: Logger
  ) {
    self.requestID = requestID
    self.trace = trace
    self.receivedAt = clock.now()
    self.path = path
    self.query = query
    self.methodLabel = methodLabel
    self.logger = logger
    self.logger[metadataKey: "request_id"] = "\(requestID)"
    self.logger[metadataKey: "trace_id"] = "\(trace.traceID)"
  }

  /// From here on every line of this request says whose it is (S0-SVC-11).
  mutating func nameCaller() {
    if let brand = identity.brand { logger[metadataKey: "brand_id"] = "\(brand)" }
    if let code = identity.brandCode { logger[metadataKey: "brand_code"] = "\(code)" }
    if let caller = identity.caller { logger[metadataKey: "caller_service"] = "\(caller.rawValue)" }
  }

  /// Probes and scrapes come every few seconds for ever; their lines would drown the others.
  var isProbe: Bool { PlatformRoutes.probePaths.contains(route) }
}
