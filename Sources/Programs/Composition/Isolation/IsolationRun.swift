internal import Kernel
package import Logging
package import Platform

/// `cordon audit isolation`: the audit of the stack that a configuration names.
package struct IsolationRun: Sendable {
  private let configuration: EffectiveConfiguration
  private let program: IsolationProgram
  private let logger: Logger

  package init(configuration: EffectiveConfiguration, program: IsolationProgram, logger: Logger) {
    self.program = program
    self.configuration = configuration
    self.logger = logger
  }

  /// - Parameters:
  ///   - databaseURL: as `cordon_app`, so that the audit reads behind the same walls as a service.
  package func audit(
    databaseURL: String, redisURL: String, progress: @escaping @Sendable (String) -> Void
  ) async throws -> IsolationReport {
    let identity = try IsolationIdentity(configuration)
    return try await HarnessRun(configuration: configuration, logger: logger).with(databaseURL: databaseURL, redisURL: redisURL) {
      stack, run in
      try await IsolationAudit(stack: stack, identity: identity, run: run, program: program, progress: progress).report()
    }
  }
}
