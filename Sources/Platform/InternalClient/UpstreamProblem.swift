internal import AsyncHTTPClient
internal import HTTPTypes
package import Kernel

/// What a failed call to another role means to our own caller.
package enum UpstreamProblem {
  /// The other role's refusal, if it is one of ours; else its answer makes no sense and it counts as unreachable.
  package static func problem(from reply: InternalReply, target: ServiceRole) -> Problem {
    guard let body = try? JSONBytes.decode(ProblemBody.self, from: reply.body), let reason = ProblemReason(rawValue: body.reason) else {
      return Problem(.upstreamUnavailable, detail: "\(target.rawValue) answered \(reply.status.code)")
    }
    // A token or signature that the other role refuses is a fault between us and it; our caller can't mend it by logging in again.
    guard ![.callerTokenInvalid, .callerMismatch, .brandSignatureMissing, .brandSignatureInvalid].contains(reason) else {
      return Problem(.upstreamUnavailable, detail: "\(target.rawValue) refused the internal call: \(reason.rawValue)")
    }
    let faults = body.errors.map { Problem.Fault(pointer: $0.pointer, detail: $0.detail) }
    return Problem(
      reason, detail: body.detail, faults: faults, retryAfterSeconds: reply.headers.single("retry-after").flatMap { Int($0) },
      failureClass: body.failureClass.flatMap { FailureClass(rawValue: $0) })
  }

  package static func problem(from error: any Error, target: ServiceRole) -> Problem {
    let timeouts: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout]
    if let error = error as? HTTPClientError, timeouts.contains(error) {
      return Problem(.upstreamTimeout, detail: "\(target.rawValue) did not answer in time")
    }
    return Problem(.upstreamUnavailable, detail: "\(target.rawValue) can't be reached")
  }
}
