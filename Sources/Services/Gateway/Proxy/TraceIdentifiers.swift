/// The identifiers of a request: its own id and its place in a trace (W3C Trace Context).
struct TraceIdentifiers: Sendable {
  let requestID: String
  /// 32 hexadecimal digits.
  let traceID: String
  /// The whole `traceparent` value for the service.
  let traceparent: String
  /// Whether the client's own trace goes on; only then does its `tracestate` mean anything.
  let continuesTrace: Bool
}
