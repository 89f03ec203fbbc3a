package import Kernel
internal import HTTPTypes

/// Refusals as answers.
package enum ProblemReply {
  /// The problem+json answer. Never fails: a body that could not be encoded is replaced by one that is written by hand.
  package static func reply(_ problem: Problem, requestID: String, trace: TraceContext) -> Reply {
    let body = ProblemBody(problem, requestID: requestID, traceID: trace.traceID)
    let bytes = (try? JSONBytes.encode(body)) ?? Array(#"{"reason":"\#(problem.reason.rawValue)","status":\#(problem.reason.status)}"#.utf8)
    var reply = Reply(
      status: .init(code: problem.reason.status), headers: [.contentType: ProblemBody.contentType, .cacheControl: "no-store"], body: bytes)
    if let seconds = problem.retryAfterSeconds { reply.headers[.retryAfter] = String(seconds) }
    if problem.reason == .unauthenticated { reply.headers[.wwwAuthenticate] = "Bearer" }
    return reply
  }
}
