package import Logging

/// What one piece of work hands on to the calls it makes: the request id and the trace that tie them together.
package struct CallContext: Sendable {
  package let requestID: String
  package let trace: TraceContext
  package let logger: Logger

  package init(requestID: String, trace: TraceContext, logger: Logger) {
    self.requestID = requestID
    self.trace = trace
    self.logger = logger
  }
}
