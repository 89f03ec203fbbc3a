internal import Kernel

/// A public operation: what may pass, to whom, and under which conditions.
struct GatewayRoute: Hashable, Sendable {
  /// Which per-address limit counts a request.
  enum RateClass: String, CaseIterable, Sendable {
    case general
    /// Routes that take passwords or tokens and are worth guessing at.
    case credentials
  }

  let verb: HTTPVerb
  /// The path with `{name}` for a segment that varies; also the `route` label of metrics.
  let template: String
  let upstream: ServiceRole
  /// A verified token and a living session of the host's brand are needed.
  let needsPlayer: Bool
  /// The request carries the gateway's brand signature: a brand-scoped write to the wallet (S0-SIG-01).
  let isSigned: Bool
  let rateClass: RateClass
  /// What it does, in a phrase for the OpenAPI document.
  let summary: String

  init(
    _ verb: HTTPVerb, _ template: String, _ summary: String = "", to upstream: ServiceRole, needsPlayer: Bool = true,
    isSigned: Bool = false,
    rateClass: RateClass = .general
  ) {
    self.verb = verb
    self.template = template
    self.upstream = upstream
    self.needsPlayer = needsPlayer
    self.isSigned = isSigned
    self.rateClass = rateClass
    self.summary = summary
  }
}
