internal import FoundationEssentials
internal import Kernel
package import Logging
internal import NIOCore
internal import NIOPosix
package import ServiceLifecycle
package import UnixSignals

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The life of a process from its services' start to its exit: SIGTERM or SIGINT drains, then stops; what doesn't stop in time is
/// written down and forced (S4-STOP). SIGUSR1 writes the same down at any time, also while it drains, and changes nothing.
package struct ProcessLifecycle: Sendable {
  private let configuration: EffectiveConfiguration
  private let build: BuildInformation
  private let logger: Logger
  private let drain: DrainState
  private let inFlight: InFlightRequests
  private let forceExit: @Sendable (Int32) -> Void

  /// - Parameter forceExit: ends the process at once, with a status.
  package init(
    configuration: EffectiveConfiguration, build: BuildInformation, logger: Logger, drain: DrainState, inFlight: InFlightRequests,
    forceExit: @escaping @Sendable (Int32) -> Void = { _exit($0) }
  ) {
    self.configuration = configuration
    self.build = build
    self.logger = logger
    self.drain = drain
    self.inFlight = inFlight
    self.forceExit = forceExit
  }

  /// Runs until a signal, or until a service ends, which ends all.
  ///
  /// - Parameter services: what others lean on first (pools), the listeners last. They stop in the opposite order.
  /// - Throws: the first service's failure.
  package func run(_ services: [any Service], signals: [UnixSignal] = [.sigterm, .sigint]) async throws {
    let alarm = MultiThreadedEventLoopGroup.singleton.next()
    let scheduled = ScheduledAlarm()
    let unfinished = UnfinishedServices()
    let asked = DiagnosticsSignal { report(unfinished) }
    defer { asked.cancel() }
    let drainService = DrainService(
      drain: drain, drainTime: min(configuration.seconds(Settings.drainSeconds), configuration.seconds(Settings.shutdownSeconds) / 2),
      logger: logger
    ) {
      // On a NIO thread: a job that blocks Swift's own threads is one of the reasons why a stop stalls.
      scheduled.set(alarm.scheduleTask(in: TimeAmount(configuration.seconds(Settings.shutdownSeconds))) { force(unfinished) })
    }
    // A service that ends by itself takes the process down, but through the same door: what is in flight is still finished.
    let members = (services + [drainService]).map { service in
      ServiceGroupConfiguration.ServiceConfiguration(
        service: WatchedService(service: service, unfinished: unfinished), successTerminationBehavior: .gracefullyShutdownGroup,
        failureTerminationBehavior: .gracefullyShutdownGroup)
    }
    let group = ServiceGroup(configuration: .init(services: members, gracefulShutdownSignals: signals, logger: logger))
    defer { scheduled.cancel() }
    try await group.run()
    logger.notice("stopped")
  }

  private func force(_ unfinished: UnfinishedServices) {
    let (path, text) = write(.forced, unfinished)
    logger.critical("stop forced", metadata: ["diagnostics": "\(path ?? "not written")", "in_flight": "\(text)"])
    forceExit(1)
  }

  private func report(_ unfinished: UnfinishedServices) {
    let (path, text) = write(.requested, unfinished)
    logger.notice("state written down on request", metadata: ["diagnostics": "\(path ?? "not written")", "in_flight": "\(text)"])
  }

  /// - Returns: the file's path, nil when it could not be written, and its text.
  private func write(_ event: StopDiagnostics.Event, _ unfinished: UnfinishedServices) -> (path: String?, text: String) {
    let now = WallClock.system.now()
    let text = StopDiagnostics.text(
      event, at: now, environment: configuration.environment, build: build, limit: configuration.seconds(Settings.shutdownSeconds),
      isDraining: drain.isDraining, inFlight: inFlight.all, unfinished: unfinished.all, now: .now)
    let directory = configuration.text(Settings.diagnosticsDirectory) ?? "."
    let path = directory + "/" + StopDiagnostics.fileName(event, at: now, process: getpid())
    try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let isWritten = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
    return (isWritten ? path : nil, text)
  }
}
