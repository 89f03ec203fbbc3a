internal import Kernel
internal import Logging
internal import Platform
internal import Postgres
internal import Synchronization

/// Brings spooled letters into the table, oldest first, and watches how many wait for a person.
final class DeadLetterWorker: Sendable {
  /// Between two looks at the spool.
  private static let pause: Duration = .seconds(1)
  private static let backlogPause: Duration = .seconds(10)
  private static let rowTime: Duration = .seconds(2)
  /// For reading and removing a file; only a broken disk needs so long.
  private static let fileTime: Duration = .seconds(10)

  private let database: Database
  private let spool: DeadLetterSpool
  private let thread: SpoolThread
  private let metrics: DeadLetterMetrics
  private let logger: Logger
  private let clock: WallClock
  private let store = DeadLetterStore()
  private let texts = Mutex<[String]>([])

  init(
    database: Database, spool: DeadLetterSpool, thread: SpoolThread, metrics: DeadLetterMetrics, logger: Logger, clock: WallClock
  ) {
    self.database = database
    self.spool = spool
    self.thread = thread
    self.metrics = metrics
    self.logger = logger
    self.clock = clock
  }

  /// What an operator should know although the role serves.
  var warnings: [String] { texts.withLock { $0 } }

  /// Works until the task is cancelled.
  func run() async {
    await prepare()
    await withTaskGroup { group in
      group.addTask {
        while !Task.isCancelled {
          await self.round()
          try? await Task.sleep(for: Self.pause)
        }
      }
      group.addTask {
        while !Task.isCancelled {
          await self.watchBacklog()
          try? await Task.sleep(for: Self.backlogPause)
        }
      }
    }
  }

  /// Makes the spool's folder. One that can't be made isn't a reason to serve nothing: letters go to the table.
  func prepare() async {
    do {
      _ = try await onThread { spool throws(SpoolFault) in try spool.prepare() }
    } catch {
      report("the spool \(spool.directory) can't be used: \(error)")
    }
  }

  /// One round: adopts what a dead process left, and empties the spool as far as the table takes it.
  func round() async {
    do {
      let found = try await onThread { spool throws(SpoolFault) in try spool.content() }
      for leftover in found.leftovers { try await onThread { spool throws(SpoolFault) in try spool.adopt(leftover) } }
      for name in found.letters {
        guard !Task.isCancelled, try await drain(name) else { break }
      }
      let left = try await onThread { spool throws(SpoolFault) in try spool.content() }
      let now = clock.now()
      metrics.show(left, at: now)
      texts.withLock { $0 = Self.warnings(left, at: now) }
    } catch {
      report("the spool \(spool.directory) can't be used: \(error)")
      // A folder that was taken away is made anew.
      _ = try? await onThread { spool throws(SpoolFault) in try spool.prepare() }
    }
  }

  /// - Returns: false when the table takes nothing for now.
  private func drain(_ name: String) async throws(SpoolFault) -> Bool {
    guard let letter = try await onThread({ spool throws(SpoolFault) in try spool.read(name) }) else { return true }
    do {
      try await database.withPlatform(deadline: Self.rowTime) { try await self.store.insert(letter, in: $0) }
    } catch let error as PostgresError where error.isAboutTheValue {
      logger.error("spooled dead letter is not one that the table takes", metadata: ["file": "\(name)", "error": "\(error)"])
      try await onThread { spool throws(SpoolFault) in try spool.setAside(name) }
      return true
    } catch {
      return false
    }
    try await onThread { spool throws(SpoolFault) in try spool.remove(name) }
    metrics.drained.increment([letter.provider])
    logger.info(
      "dead letter went from the spool into the table", metadata: ["letter_id": "\(letter.id)", "provider": "\(letter.provider)"])
    return true
  }

  /// How many letters wait for a person, into the metrics.
  func watchBacklog() async {
    guard let backlogs = try? await database.withPlatform(deadline: Self.rowTime, { try await self.store.pending(in: $0) }) else { return }
    metrics.show(backlogs, at: clock.now())
  }

  private func onThread<Value: Sendable>(
    _ work: @escaping @Sendable (DeadLetterSpool) throws(SpoolFault) -> Value
  ) async throws(SpoolFault) -> Value {
    try await thread.run(within: Self.fileTime) { [spool] () throws(SpoolFault) in try work(spool) }
  }

  private func report(_ text: String) {
    let isNew = texts.withLock { texts in
      defer { texts = [text] }
      return texts != [text]
    }
    if isNew { logger.error("dead-letter spool", metadata: ["error": "\(text)"]) }
  }

  private static func warnings(_ content: SpoolContent, at now: Timestamp) -> [String] {
    var warnings: [String] = []
    if let oldest = content.oldest {
      warnings.append(
        "\(content.letters.count) game callbacks wait in the spool for the dead-letter table, the oldest for \(now.seconds - oldest.seconds) s"
      )
    }
    if content.aside > 0 { warnings.append("\(content.aside) files of the dead-letter spool can't be read and were set aside") }
    return warnings
  }
}

extension PostgresError {
  /// The row itself is refused: trying it again changes nothing.
  fileprivate var isAboutTheValue: Bool {
    kind == .misuse || (kind == .server && sqlState.map { $0.rawValue.hasPrefix("22") || $0.rawValue.hasPrefix("23") } ?? false)
  }
}
