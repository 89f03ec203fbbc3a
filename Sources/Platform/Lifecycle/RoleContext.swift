package import Kernel
package import Logging

/// What a role is given to work with. Everything a service needs from its surroundings comes through here.
package struct RoleContext: Sendable {
  package let role: ServiceRole
  package let configuration: EffectiveConfiguration
  package let build: BuildInformation
  package let logger: Logger
  package let metrics: PlatformMetrics
  package let clock: WallClock
  package let drain: DrainState
  /// Nil for a role that writes nothing.
  package let freeze: TableFreeze?
  /// Nil for a role whose refusals only stand in its log.
  package let refusals: (any RefusalRecorder)?
  /// Nil for a role whose violations only stand in its log.
  package let violations: (any ViolationRecorder)?

  package init(
    role: ServiceRole, configuration: EffectiveConfiguration, build: BuildInformation, logger: Logger, metrics: PlatformMetrics,
    clock: WallClock = .system, drain: DrainState, freeze: TableFreeze? = nil, refusals: (any RefusalRecorder)? = nil,
    violations: (any ViolationRecorder)? = nil
  ) {
    self.role = role
    self.configuration = configuration
    self.build = build
    self.logger = logger
    self.metrics = metrics
    self.clock = clock
    self.drain = drain
    self.freeze = freeze
    self.refusals = refusals
    self.violations = violations
  }

  package var environment: DeploymentEnvironment { configuration.environment }
  package var enforcement: EnforcementMode { configuration.enforcement }
  /// The same with what weakens it for single callers, where the role knows such a thing.
  package var enforcementPolicy: EnforcementPolicy {
    let text = Settings.enforcementOverrides.applies(to: role) ? configuration.text(Settings.enforcementOverrides) : nil
    return EnforcementPolicy(mode: enforcement, overrides: text.flatMap { EnforcementOverride.list($0) } ?? [])
  }
  /// Where the role declares metrics of its own.
  package var registry: MetricsRegistry { metrics.registry }
}
