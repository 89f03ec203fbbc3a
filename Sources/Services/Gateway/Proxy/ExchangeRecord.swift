internal import Kernel

/// What is known of an exchange when it is over: for counters and the log.
struct ExchangeRecord: Sendable {
  /// What the observer gave the exchange when it began; nil when no head was read.
  let entry: UInt64?
  let verb: HTTPVerb?
  let host: String?
  let path: String?
  /// The route's template; nil when no route matched or no head was read.
  let route: GatewayRoute?
  let brand: Brand?
  /// Nil when the exchange ended without any answer (the client left, the answer broke off).
  let status: Int?
  /// Why the gateway itself refused.
  let refusal: AdmissionDecision.Refusal?
  let requestID: String
  let traceID: String
  let client: ClientAddress
  /// What the client's program calls itself; only of a request that met the wrong brand.
  let agent: String?
  /// From the head's end to the end of the answer.
  let seconds: Double
  /// From asking for an upstream connection to the first byte of the service's answer.
  let upstreamSeconds: Double?
}
