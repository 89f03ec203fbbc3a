internal import Kernel
internal import Logging
internal import Platform

/// Counts and logs commands that met a row of another brand (S0-WAL-01…04, S0-WAL-20).
///
/// The other brand's row is never read: `cordon.row_brands` says only which brand has it, and keeps a record of having said so. In `observe`
/// the command goes on in its own brand, where the row does not exist.
struct CrossBrandDetector: Sendable {
  let metrics: WalletMetrics
  /// Where attempts are kept for ever.
  let violations: (any ViolationRecorder)?
  let clock: WallClock

  /// - Parameter requests: the batch whose commands the sightings are of. Called once it is committed, with its records of them.
  func tell(_ sightings: [WalletSighting], _ requests: [WalletRequest]) {
    for sighting in sightings {
      let request = requests[sighting.command]
      switch sighting.kind {
      case .key: tellSplit(request, sighting)
      case .row: tellForeignRow(request, sighting)
      }
    }
  }

  private func keep(_ kind: BrandViolation.Kind, _ request: WalletRequest, _ sighting: WalletSighting) {
    violations?.record(
      BrandViolation(
        kind, user: request.player.description, authenticated: request.brand.id, attempted: BrandID(sighting.brand),
        requestID: request.requestID, at: clock.now()))
  }

  private func tellForeignRow(_ request: WalletRequest, _ sighting: WalletSighting) {
    keep(.walletCrossBrand, request, sighting)
    let command = request.action.name.rawValue
    metrics.crossBrandRejected.increment([command, sighting.mode.rawValue])
    request.logger.warning(
      "command addresses another brand's row",
      metadata: [
        "event": "cross_brand_rejected", "command": "\(command)", "caller_service": "\(request.caller.rawValue)",
        "request_brand": "\(request.brand.id)", "target_row_brand": "\(sighting.brand)", "request_id": "\(request.requestID)",
        "mode": "\(sighting.mode.rawValue)",
      ])
  }

  private func tellSplit(_ request: WalletRequest, _ sighting: WalletSighting) {
    keep(.idempotencyBrandSplit, request, sighting)
    metrics.idempotencyBrandSplit.increment()
    request.logger.warning(
      "idempotency key is known under another brand",
      metadata: [
        "event": "idempotency_brand_split", "request_brand": "\(request.brand.id)", "existing_row_brand": "\(sighting.brand)",
        "caller_service": "\(request.caller.rawValue)", "request_id": "\(request.requestID)", "mode": "\(sighting.mode.rawValue)",
      ])
  }
}
