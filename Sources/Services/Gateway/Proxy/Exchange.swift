internal import Kernel
internal import NIOCore

/// What a connection keeps of the request that it is serving.
struct Exchange {
  /// Tells a late decision of admission from one for this request.
  let serial: UInt64
  /// Nil when the request's head was refused.
  let head: RequestHead?
  let identifiers: TraceIdentifiers
  let client: ClientAddress
  let startedAt: NIODeadline
  /// What the observer knows it by.
  let entry: UInt64?
  var admittance: Admittance?
  var refusal: AdmissionDecision.Refusal?
  /// The whole body, where the signature needs it before the head can be written.
  var collected: ByteBuffer?
  var leaseStartedAt: NIODeadline?
  var responseStartedAt: NIODeadline?
  var status: Int?
  /// The service's answer.
  var response: ResponseHead?
  /// How the answer's body is marked towards the client.
  var responseFraming = BodyFraming.none

  var answersHead: Bool { head?.verb == .head }

  func record(now: NIODeadline) -> ExchangeRecord {
    ExchangeRecord(
      entry: entry, verb: head?.verb, host: head?.host, path: head.map { $0.text($0.path) }, route: admittance?.route ?? refusal?.route,
      brand: admittance?.brand ?? refusal?.brand,
      status: status, refusal: refusal, requestID: identifiers.requestID, traceID: identifiers.traceID, client: client,
      agent: isOfAnotherBrand ? head?.values(named: "user-agent").first : nil,
      seconds: Self.seconds(from: startedAt, to: now),
      upstreamSeconds: leaseStartedAt.flatMap { lease in responseStartedAt.map { Self.seconds(from: lease, to: $0) } })
  }

  private var isOfAnotherBrand: Bool { if case .brandMismatch? = refusal?.finding { true } else { false } }

  private static func seconds(from start: NIODeadline, to end: NIODeadline) -> Double {
    Double((end - start).nanoseconds) / 1_000_000_000
  }
}
