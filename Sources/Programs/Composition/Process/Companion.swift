internal import Platform
internal import ServiceLifecycle

/// Work that a person started with the process. It may end before the process does.
struct Companion: NamedService {
  let name = "companion"
  let work: @Sendable () async throws -> Void

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      try await work()
      try? await gracefulShutdown()
    }
  }
}
