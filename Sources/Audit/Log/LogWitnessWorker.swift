package import Evidence
package import Kernel
package import Logging
package import Platform
package import Postgres
internal import Synchronization

/// Has every log cosigned by each of the policy's witnesses. Nothing waits for them: a log is signed and proven without.
package final class LogWitnessWorker: Sendable {
  private static let pause: Duration = .seconds(1)
  /// After a round in which the witness didn't answer.
  private static let longPause: Duration = .seconds(5)

  private let witnesses: [LogWitnessing]
  private let logs: LogCatalog
  private let metrics: LogWitnessMetrics
  private let logger: Logger
  private let clock: WallClock
  private let told = Mutex<[String: LogWitnessFault.Reason]>([:])

  package init(
    policy: TrustPolicy, database: Database, logs: LogCatalog, http: ForeignClient, registry: MetricsRegistry, logger: Logger,
    clock: WallClock = .system
  ) {
    witnesses = policy.addresses.map { LogWitnessing(book: LogBook(database: database), client: http, witness: $0) }
    self.logs = logs
    metrics = LogWitnessMetrics(registry, clock: clock)
    self.logger = logger
    self.clock = clock
  }

  /// The longest answer that is read of a witness.
  package static let answerBytesMax = LogWitnessing.answerBytesMax

  /// Asks until the task is cancelled. Each witness by itself, so that one that is slow holds up no other.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      for witness in witnesses {
        group.addTask {
          while !Task.isCancelled {
            let answered = await self.round(witness)
            try? await Task.sleep(for: answered ? Self.pause : Self.longPause)
          }
        }
      }
    }
  }

  /// Asks every witness once.
  package func round() async {
    for witness in witnesses { await round(witness) }
  }

  /// - Returns: false when the witness didn't answer; the other logs then wait for the next round.
  @discardableResult
  private func round(_ witness: LogWitnessing) async -> Bool {
    var fault: LogWitnessFault?
    for (name, log) in await all() where !Task.isCancelled {
      if let fault {
        metrics.begin(name, witness.witness.name, at: clock.now())
        tell(fault, name, witness.witness.name)
      } else {
        fault = await step(name, log, witness)
      }
    }
    return fault == nil
  }

  private func step(_ log: LogName, _ entries: LedgerLog, _ witnessing: LogWitnessing) async -> LogWitnessFault? {
    let name = witnessing.witness.name
    metrics.begin(log, name, at: clock.now())
    do {
      guard try await witnessing.step(entries) else { return nil }
      metrics.cosigned(log, name, at: clock.now())
      if told.withLock({ $0.removeValue(forKey: "\(log) \(name)") }) != nil { metrics.tell(nil, log, name) }
      return nil
    } catch let fault as LogWitnessFault {
      tell(fault, log, name)
      return fault.reason == .unreachable ? fault : nil
    } catch {
      guard !Task.isCancelled else { return nil }
      logger.warning(
        "asking a witness failed", metadata: ["log": "\(log)", "witness": "\(name)", "error": "\(error)"])
      return nil
    }
  }

  private func tell(_ fault: LogWitnessFault, _ log: LogName, _ name: String) {
    metrics.tell(fault, log, name)
    guard told.withLock({ $0.updateValue(fault.reason, forKey: "\(log) \(name)") }) != fault.reason else { return }
    logger.log(
      level: fault.reason == .unreachable ? .warning : .error, "a witness does not cosign a log",
      metadata: [
        "event": "witness_refuses", "brand_code": "\(log.brandCode)", "ledger": "\(log.ledger.rawValue)", "witness": "\(name)",
        "reason": "\(fault.reason.rawValue)", "detail": "\(fault.detail)",
      ])
  }

  private func all() async -> [(name: LogName, log: LedgerLog)] {
    do {
      return try await logs.all()
    } catch {
      logger.warning("witnesses can't be asked: the brands can't be read", metadata: ["error": "\(error)"])
      return []
    }
  }
}
