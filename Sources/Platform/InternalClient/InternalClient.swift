package import AsyncHTTPClient
package import HTTPTypes
package import Kernel
internal import Contracts
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Calls one other role over HTTP. Every call says who calls (S0-TOK-01), for which brand, under which request id and trace,
/// and has a deadline.
package struct InternalClient: Sendable {
  package static let deadlineDefault: Duration = .seconds(5)

  private let http: HTTPClient
  private let caller: CallerLabel
  private let target: ServiceRole
  private let baseURL: String
  private let token: String?
  private let signer: (any RequestSigner)?
  private let metrics: PlatformMetrics

  /// - Parameters:
  ///   - http: shared by all clients of the process; whoever made it shuts it down.
  ///   - token: the caller's own internal token; nil where none is configured, which the other side then refuses.
  ///   - signer: signs brand-scoped writes; nil for callers that don't (S0-SIG-02).
  package init(
    http: HTTPClient, caller: CallerLabel, target: ServiceRole, baseURL: String, token: String?, signer: (any RequestSigner)? = nil,
    metrics: PlatformMetrics
  ) {
    self.http = http
    self.caller = caller
    self.target = target
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.token = token
    self.signer = signer
    self.metrics = metrics
  }

  /// Sends `body` as JSON and decodes the answer of a 2xx.
  ///
  /// - Throws: `Problem`, as the other role refused; `upstream_unavailable` when it can't be reached, `upstream_timeout`
  /// after the deadline.
  ///   After either of the last two a write may have been applied: retry it with the same idempotency key.
  package func call<Answer: Decodable>(
    _ method: HTTPRequest.Method, _ path: String, body: (any Encodable & Sendable)? = nil, answer: Answer.Type, brand: BrandID?,
    context: CallContext, headers: HTTPFields = [:], deadline: Duration = InternalClient.deadlineDefault
  ) async throws -> Answer {
    let bytes = try body.map { try JSONBytes.encode($0) } ?? []
    let reply = try await send(method, path, body: bytes, brand: brand, context: context, headers: headers, deadline: deadline)
    guard reply.status.kind == .successful else { throw UpstreamProblem.problem(from: reply, target: target) }
    do {
      return try JSONBytes.decode(answer, from: reply.body)
    } catch {
      context.logger.error("internal answer is not readable", metadata: ["target": "\(target.rawValue)", "path": "\(path)"])
      throw Problem(.upstreamUnavailable, detail: "\(target.rawValue) gave an answer that can't be read")
    }
  }

  /// Sends bytes and gives the answer as it came, whatever its status.
  package func send(
    _ method: HTTPRequest.Method, _ path: String, body: [UInt8], brand: BrandID?, context: CallContext, headers: HTTPFields = [:],
    deadline: Duration = InternalClient.deadlineDefault
  ) async throws -> InternalReply {
    let started = ContinuousClock.now
    do {
      let request = try request(method, path, body: body, brand: brand, context: context, headers: headers)
      let response = try await http.execute(request, timeout: .init(deadline))
      let buffer = try await response.body.collect(upTo: Limits.internalAnswerBytesMax)
      record("answered", since: started)
      return InternalReply(
        status: HTTPResponse.Status(code: Int(response.status.code)), headers: response.headers.fields,
        body: Array(buffer.readableBytesView))
    } catch let problem as Problem {
      throw problem
    } catch {
      let problem = UpstreamProblem.problem(from: error, target: target)
      record(problem.reason.rawValue, since: started)
      context.logger.warning(
        "internal call failed", metadata: ["target": "\(target.rawValue)", "path": "\(path)", "error": "\(error)"])
      throw problem
    }
  }

  private func request(
    _ method: HTTPRequest.Method, _ path: String, body: [UInt8], brand: BrandID?, context: CallContext, headers: HTTPFields
  ) throws -> HTTPClientRequest {
    var request = HTTPClientRequest(url: baseURL + path)
    request.method = .init(rawValue: method.rawValue)
    for field in headers { request.headers.add(name: field.name.rawName, value: field.value) }
    let trace = context.trace.child()
    request.headers.replaceOrAdd(name: HeaderNames.callerService, value: caller.rawValue)
    request.headers.replaceOrAdd(name: HeaderNames.requestID, value: context.requestID)
    request.headers.replaceOrAdd(name: HeaderNames.traceparent, value: trace.traceparent)
    if !trace.state.isEmpty { request.headers.replaceOrAdd(name: HeaderNames.tracestate, value: trace.state) }
    if let token { request.headers.replaceOrAdd(name: HeaderNames.internalServiceToken, value: token) }
    if let brand { request.headers.replaceOrAdd(name: HeaderNames.brandID, value: brand.description) }
    if !body.isEmpty {
      request.headers.replaceOrAdd(name: "content-type", value: "application/json")
      request.body = .bytes(body)
    }
    let call = OutboundCall(method: method, target: path, body: body, caller: caller, brand: brand)
    for field in try signer?.headers(for: call) ?? [:] { request.headers.replaceOrAdd(name: field.name.rawName, value: field.value) }
    return request
  }

  private func record(_ outcome: String, since started: ContinuousClock.Instant) {
    metrics.internalCallDuration.observe((ContinuousClock.now - started).inSeconds, [target.rawValue, outcome])
  }
}
