package import Platform
package import Postgres
internal import Kernel

/// Everything about dead letters in one place: the recorder for the pipeline, the worker behind it, and the replays.
package struct DeadLetterOffice: Sendable {
  package let recorder: DeadLetterRecorder
  private let worker: DeadLetterWorker
  private let database: Database
  private let metrics: DeadLetterMetrics

  /// - Parameters:
  ///   - database: the role's pool, for replays.
  ///   - ownDatabase: a pool that nothing else uses (``DeadLetterRecorder/poolSizeMax``), so that a busy role still keeps its dead letters.
  ///   - providers: whose metrics show from the start.
  package init(context: RoleContext, database: Database, ownDatabase: Database, spool: DeadLetterSpool, providers: [String]) {
    self.database = database
    metrics = DeadLetterMetrics(context.registry, providers: providers)
    let thread = SpoolThread()
    recorder = DeadLetterRecorder(database: ownDatabase, spool: spool, thread: thread, metrics: metrics, logger: context.logger)
    worker = DeadLetterWorker(
      database: ownDatabase, spool: spool, thread: thread, metrics: metrics, logger: context.logger, clock: context.clock)
  }

  package func endpoints(replaying callbacks: any CallbackReplaying) -> [Endpoint] {
    DeadLetterRoutes(replay: DeadLetterReplay(database: database, callbacks: callbacks, metrics: metrics)).endpoints
  }

  /// What an operator should know although the role serves.
  package var warnings: [String] { worker.warnings }

  /// Makes the spool's folder, before the first callback can need it.
  package func prepare() async { await worker.prepare() }

  /// One look at the spool, and one at what waits for a person; ``run()`` does them again and again.
  func round() async { await worker.round() }
  func watchBacklog() async { await worker.watchBacklog() }

  /// Empties the spool until the task is cancelled.
  package func run() async { await worker.run() }
}
