internal import Platform
internal import ServiceLifecycle

/// Work that goes on until the process stops: pool upkeep, listening, publishing. At the stop it is cancelled, then `finish` runs.
struct Background: NamedService {
  /// Role and work, as `wallet_service database`.
  let name: String
  let work: @Sendable () async -> Void
  var finish: @Sendable () async -> Void = {}

  func run() async throws {
    await cancelWhenGracefulShutdown(work)
    await finish()
  }
}
