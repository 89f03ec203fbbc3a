internal import ServiceLifecycle

/// A service that stands among ``UnfinishedServices`` from its start to its end.
struct WatchedService: Service {
  let service: any Service
  let unfinished: UnfinishedServices

  func run() async throws {
    let key = unfinished.begin((service as? any NamedService)?.name ?? "\(type(of: service))")
    defer { unfinished.end(key) }
    try await service.run()
  }
}
