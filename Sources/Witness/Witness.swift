package import Evidence
package import Kernel
package import Logging
package import Platform

/// Cosigns checkpoints of the logs that it knows, each only when it continues the last one (C2SP tlog-witness).
package struct Witness: Sendable {
  package static let perMinuteDefault = 600

  private let key: WitnessKey
  private let logs: WitnessLogs
  let state: WitnessState
  private let limiter: WitnessLimiter
  private let metrics: WitnessMetrics
  private let logger: Logger
  private let clock: WallClock

  /// - Parameter perMinute: checkpoints of one log in a minute.
  package init(
    key: WitnessKey, logs: WitnessLogs, state: WitnessState, perMinute: Int = perMinuteDefault, registry: MetricsRegistry, logger: Logger,
    clock: WallClock = .system
  ) {
    self.key = key
    self.logs = logs
    self.state = state
    limiter = WitnessLimiter(perMinute: perMinute)
    metrics = WitnessMetrics(registry, state)
    self.logger = logger
    self.clock = clock
  }

  /// - Returns: the lines of our cosignature.
  func add(_ body: [UInt8]) async throws(WitnessRefusal) -> [UInt8] {
    do throws(WitnessRefusal) {
      let cosignature = try await cosign(body)
      metrics.cosigned.increment()
      return NoteSignature.lines([cosignature])
    } catch {
      metrics.refused.increment([error.label])
      tell(error, body)
      throw error
    }
  }

  private func cosign(_ body: [UInt8]) async throws(WitnessRefusal) -> NoteSignature {
    let (request, checkpoint) = try Self.read(body)
    let note = try WitnessRules.signed(request.note, by: logs.keys(of: checkpoint.origin))
    try WitnessRules.check(request, checkpoint)
    let now = clock.now()
    guard limiter.admits(checkpoint.origin, at: now) else { throw .tooMany }
    return try await state.advance(
      request, checkpoint, note, ownSeconds: key.seconds(in: request.note), atSeconds: now.seconds)
  }

  private static func read(_ body: [UInt8]) throws(WitnessRefusal) -> (WitnessRequest, Checkpoint) {
    do throws(NoteFault) {
      let request = try WitnessRequest(bytes: body)
      return (request, try Checkpoint(unjudged: request.note.text))
    } catch {
      throw .malformed(error.description)
    }
  }

  /// What a log signed and can't be true is kept in words: it may be all that proves two histories.
  private func tell(_ refusal: WitnessRefusal, _ body: [UInt8]) {
    switch refusal {
    case .inconsistent(let detail), .stateLost(let detail):
      logger.error(
        "a log's checkpoint is not cosigned",
        metadata: ["event": "witness_refused", "reason": "\(refusal.label)", "detail": "\(detail)", "request": "\(Base64.encode(body))"])
    case .unusable(let detail):
      logger.error("the witness can't keep what it cosigns", metadata: ["event": "witness_refused", "detail": "\(detail)"])
    default: break
    }
  }
}
