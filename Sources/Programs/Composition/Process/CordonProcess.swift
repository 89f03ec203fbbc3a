package import Kernel
internal import Platform
internal import ServiceLifecycle
internal import UnixSignals

/// Runs roles in this process until a stop signal: the one way in which roles run, for `cordon serve`, `cordon up` and the tests.
package struct CordonProcess: Sendable {
  private let parts: ProcessParts
  private let roles: [RoleParts]

  /// - Throws: `StartRefused` or a configuration error, before anything runs.
  package init(roles: [ServiceRole], parts: ProcessParts, listening: ListeningPorts = ListeningPorts()) throws {
    self.parts = parts
    let factory = RoleFactory(process: parts, listening: listening)
    // The gateway stands last, so that it stops first and no request meets a service that has gone.
    let ordered = roles.filter { $0 != .gateway } + roles.filter { $0 == .gateway }
    self.roles = try ordered.map { try factory.parts(of: $0) }
  }

  /// Refuses the start where a role may not run on what it finds; then serves until SIGTERM or SIGINT.
  ///
  /// - Parameter alongside: runs beside the roles, such as a demonstration; when it throws, the process stops with its error.
  package func run(alongside: (@Sendable () async throws -> Void)? = nil) async throws {
    for role in roles { try await role.beforeStart() }
    let logger = RoleLogger.make(service: "cordon", configuration: parts.configuration, sink: parts.logSink)
    let lifecycle = ProcessLifecycle(
      configuration: parts.configuration, build: parts.build, logger: logger, drain: parts.drain, inFlight: parts.inFlight)
    var services = roles.flatMap(\.services)
    if let alongside { services.append(Companion(work: alongside)) }
    try await lifecycle.run(services)
  }
}
