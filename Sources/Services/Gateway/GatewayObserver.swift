internal import Kernel
internal import Logging
internal import Platform

/// Counts and logs what the proxy did. Refusals and failures are always logged; served requests when the access log is on.
struct GatewayObserver: ExchangeObserver {
  let metrics: GatewayMetrics
  let logger: Logger
  let logsEverything: Bool
  /// Where refusals are told, besides the log.
  let refusals: (any RefusalRecorder)?
  let violations: (any ViolationRecorder)?
  let clock: WallClock
  /// Where requests are listed while they are on their way, for a stop that has to be forced.
  let inFlight: InFlightRequests

  func connectionOpened() { metrics.connectionOpened() }

  func connectionClosed() { metrics.connectionClosed() }

  func exchangeBegan(_ verb: HTTPVerb, path: String, requestID: String) -> UInt64 {
    inFlight.begin(service: metrics.service, method: verb.rawValue, path: path, requestID: requestID)
  }

  func exchangeEnded(_ record: ExchangeRecord) {
    if let entry = record.entry { inFlight.end(entry) }
    // A page of the gateway's own: Platform's dispatcher has counted and logged it.
    if record.route == nil, record.refusal == nil, record.status != nil { return }
    metrics.ended(record)
    if let refusal = record.refusal {
      log(refusal, record)
      tell(refusal.problem.reason, record)
    } else if let status = record.status {
      if status >= 500 {
        logger.warning("request failed upstream", metadata: metadata(record))
      } else if logsEverything {
        logger.info("request", metadata: metadata(record))
      }
    } else {
      logger.info("request aborted", metadata: metadata(record))
    }
  }

  private func log(_ refusal: AdmissionDecision.Refusal, _ record: ExchangeRecord) {
    var metadata = metadata(record)
    metadata["reason"] = "\(refusal.problem.reason.rawValue)"
    if let event = RefusalClass.logEvent(refusal.problem.reason) { metadata["event"] = "\(event)" }
    if let detail = refusal.problem.detail { metadata["detail"] = "\(detail)" }
    guard case .brandMismatch(let tokenBrand, let player, let session) = refusal.finding else {
      return logger.info("request refused", metadata: metadata)
    }
    violations?.record(
      BrandViolation(
        .tokenBrandMismatch, user: player?.description, authenticated: tokenBrand, attempted: record.brand?.id, session: session,
        address: record.client.text, agent: record.agent, requestID: record.requestID, at: clock.now()))
    // S0-RES-09: the names are the runbook's.
    metadata["finding"] = "jwt_domain_mismatch"
    metadata["jwt.brand_id"] = "\(tokenBrand?.description ?? "none")"
    metadata["request.state.brand_id"] = "\(record.brand?.id.description ?? "none")"
    metadata["domain"] = "\(record.host ?? "")"
    logger.warning("jwt brand differs from domain brand", metadata: metadata)
  }

  private func tell(_ reason: ProblemReason, _ record: ExchangeRecord) {
    guard let refusals, RefusalClass(reason) != nil else { return }
    let began = Timestamp(microseconds: clock.now().microseconds - Int64(record.seconds * 1_000_000))
    refusals.record(
      RefusedRequest(
        reason: reason, status: record.status ?? reason.status, requestID: record.requestID, traceID: record.traceID,
        method: record.verb?.rawValue ?? "_OTHER", route: record.route?.template ?? "unmatched",
        identity: RequestIdentity(brand: record.brand?.id, brandCode: record.brand?.code), at: began))
  }

  private func metadata(_ record: ExchangeRecord) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "request_id": "\(record.requestID)", "trace_id": "\(record.traceID)", "client": "\(record.client.text)",
      "duration_ms": "\(Int((record.seconds * 1000).rounded()))",
    ]
    if let verb = record.verb { metadata["method"] = "\(verb.rawValue)" }
    if let host = record.host { metadata["host"] = "\(host)" }
    if let path = record.path { metadata["path"] = "\(path)" }
    if let route = record.route { metadata["route"] = "\(route.template)" }
    if let status = record.status { metadata["status"] = "\(status)" }
    if let brand = record.brand {
      metadata["brand_id"] = "\(brand.id)"
      metadata["brand_code"] = "\(brand.code)"
    }
    return metadata
  }
}
