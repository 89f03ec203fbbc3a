internal import Kernel
internal import Logging
internal import Platform

/// Counts and logs commands that met a row of another brand, and says whether they are refused (S0-WAL-01…04, S0-WAL-20).
///
/// The other brand's row is never read: `cordon.row_brands` says only which brand has it, and keeps a record of having said so. In `observe`
/// the command goes on in its own brand, where the row does not exist.
struct CrossBrandDetector: Sendable {
  private let enforcement: EnforcementMode
  private let metrics: WalletMetrics

  init(enforcement: EnforcementMode, metrics: WalletMetrics) {
    self.enforcement = enforcement
    self.metrics = metrics
  }

  var rejects: Bool { enforcement.rejects }

  /// - Parameter requests: the batch whose commands the sightings are of. Called once it is committed, with its records of them.
  func tell(_ sightings: [WalletSighting], _ requests: [WalletRequest]) {
    for sighting in sightings {
      let request = requests[sighting.command]
      switch sighting.kind {
      case .key: tellSplit(request, other: sighting.brand)
      case .row: tellForeignRow(request, other: sighting.brand)
      }
    }
  }

  private func tellForeignRow(_ request: WalletRequest, other: Int64) {
    let command = request.action.name.rawValue
    metrics.crossBrandRejected.increment([command, enforcement.rawValue])
    request.logger.warning(
      "command addresses another brand's row",
      metadata: [
        "event": "cross_brand_rejected", "command": "\(command)", "caller_service": "\(request.caller.rawValue)",
        "request_brand": "\(request.brand.id)", "target_row_brand": "\(other)", "request_id": "\(request.requestID)",
        "mode": "\(enforcement.rawValue)",
      ])
  }

  private func tellSplit(_ request: WalletRequest, other: Int64) {
    metrics.idempotencyBrandSplit.increment()
    request.logger.warning(
      "idempotency key is known under another brand",
      metadata: [
        "event": "idempotency_brand_split", "request_brand": "\(request.brand.id)", "existing_row_brand": "\(other)",
        "caller_service": "\(request.caller.rawValue)", "request_id": "\(request.requestID)", "mode": "\(enforcement.rawValue)",
      ])
  }
}
