package import Kernel
internal import Logging
package import Platform
internal import ServiceLifecycle

/// A role that serves real HTTP on a port of its own for the length of a test.
package struct RunningRole: Sendable {
  package let port: Int
  package let context: RoleContext
  package let logs: LogRecorder

  package init(port: Int, context: RoleContext, logs: LogRecorder) {
    self.port = port
    self.context = context
    self.logs = logs
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  /// A role's surroundings as a test wants them; settings by name.
  package static func context(
    _ role: ServiceRole, settings: [String: String] = [:], logs: LogRecorder = LogRecorder(), clock: WallClock = .system
  ) throws -> RoleContext {
    var flags = ["CORDON_ENV": "test", "CORDON_\(role.rawValue.uppercased())_PORT": "0"]
    flags.merge(settings) { $1 }
    let configuration = try ConfigurationLoader.load(roles: [role], flags: flags, environment: [:])
    let build = BuildInformation(version: "test", commit: "unknown")
    return RoleContext(
      role: role, configuration: configuration, build: build,
      logger: RoleLogger.make(role: role, configuration: configuration, sink: logs.sink),
      metrics: PlatformMetrics(registry: MetricsRegistry(), role: role, build: build, enforcement: configuration.enforcement), clock: clock,
      drain: DrainState())
  }

  /// Serves `endpoints` while `body` runs.
  package static func serve<Value: Sendable>(
    _ endpoints: [Endpoint], context: RoleContext, requestGuard: any RequestGuard, checks: [ReadinessCheck] = [],
    logs: LogRecorder = LogRecorder(), _ body: @escaping @Sendable (RunningRole) async throws -> Value
  ) async throws -> Value {
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let server = RoleServer(
      context: context, endpoints: endpoints, requestGuard: requestGuard, checks: checks, onListening: { listening.yield($0) })
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await server.run()
        return nil
      }
      group.addTask {
        for await port in ports { return try await body(RunningRole(port: port, context: context, logs: logs)) }
        return nil
      }
      defer { group.cancelAll() }
      for try await case let value? in group { return value }
      throw NotInTime(what: "the role stopped before the test was over", limit: .zero)
    }
  }

  /// What `/metrics` shows of the series that has these labels; nil when it shows none.
  package func metric(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let wanted = labels.map { "\($0.key)=\"\($0.value)\"" }
    let line = context.registry.exposition(.prometheus).split(separator: "\n").first { line in
      (line.hasPrefix(name + " ") || line.hasPrefix(name + "{")) && wanted.allSatisfy { line.contains($0) }
    }
    return line?.split(separator: " ").last.flatMap { Double($0) }
  }
}
