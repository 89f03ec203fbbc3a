internal import Kernel
internal import Logging
internal import Platform
internal import Postgres

/// Finds out whether a command addresses a row of another brand, counts and logs it, and refuses it in `enforce` (S0-WAL-01…04, S0-WAL-20).
///
/// The query never reads the other brand's row: `cordon.row_brand` says only which brand has it, and keeps a record of having said so.
/// In `observe` the command goes on in its own brand, where the row does not exist.
struct CrossBrandDetector: Sendable {
  private let enforcement: EnforcementMode
  private let metrics: WalletMetrics

  init(enforcement: EnforcementMode, metrics: WalletMetrics) {
    self.enforcement = enforcement
    self.metrics = metrics
  }

  /// - Returns: the refusal, when the mode rejects. It is returned, not thrown, so that the record of the detection is committed.
  func check(_ request: WalletRequest, _ reading: WalletReading, _ transaction: BrandTransaction) async throws -> Problem? {
    var questions: [(kind: String, key: String)] = [("wallet_command", request.key)]
    if case .absent = reading.snapshot.player { questions.append(("player", request.player.description)) }
    if case .transaction(let id) = request.action.target, reading.snapshot.target == nil { questions.append(("wallet_transaction", id)) }
    let answers = try await transaction.pipeline(questions.map { "SELECT cordon.row_brand(\($0.kind), \($0.key)) AS other" })
    let others = try answers.map { rows throws(PostgresError) in try rows.first?.getOptional("other", as: Int64.self) }
    let split = others[0].flatMap { splitRefusal(request, other: $0) }
    let foreign = others.dropFirst().compactMap { $0 }.first.flatMap { foreignRowRefusal(request, other: $0) }
    return foreign ?? split
  }

  private func foreignRowRefusal(_ request: WalletRequest, other: Int64) -> Problem? {
    let command = request.action.name.rawValue
    metrics.crossBrandRejected.increment([command, enforcement.rawValue])
    request.logger.warning(
      "command addresses another brand's row",
      metadata: [
        "event": "cross_brand_rejected", "command": "\(command)", "caller_service": "\(request.caller.rawValue)",
        "request_brand": "\(request.brand.id)", "target_row_brand": "\(other)", "request_id": "\(request.requestID)",
        "mode": "\(enforcement.rawValue)",
      ])
    return enforcement.rejects ? Problem(.crossBrandRejected) : nil
  }

  private func splitRefusal(_ request: WalletRequest, other: Int64) -> Problem? {
    metrics.idempotencyBrandSplit.increment()
    request.logger.warning(
      "idempotency key is known under another brand",
      metadata: [
        "event": "idempotency_brand_split", "request_brand": "\(request.brand.id)", "existing_row_brand": "\(other)",
        "caller_service": "\(request.caller.rawValue)", "request_id": "\(request.requestID)", "mode": "\(enforcement.rawValue)",
      ])
    return enforcement.rejects ? Problem(.idempotencyBrandSplit) : nil
  }
}
