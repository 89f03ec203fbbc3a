import Kernel
import Logging

@testable import Platform

/// Contexts of roles under test.
enum TestRole {
  static let build = BuildInformation(version: "1.2.3", commit: "abc1234")

  static func configuration(_ flags: [String: String] = [:]) throws -> EffectiveConfiguration {
    let input = ConfigurationInput(flags: ["CORDON_ENV": "test", "CORDON_WALLET_SERVICE_PORT": "0"].merging(flags) { $1 })
    return try ConfigurationRules.resolve(input, roles: [.walletService])
  }

  static func context(_ flags: [String: String] = [:], log: LogCapture = LogCapture(), drain: DrainState = DrainState()) throws
    -> RoleContext
  {
    let configuration = try configuration(flags)
    let metrics = PlatformMetrics(registry: MetricsRegistry(), role: .walletService, build: build, enforcement: configuration.enforcement)
    let logger = RoleLogger.make(role: .walletService, configuration: configuration, sink: log.sink)
    return RoleContext(role: .walletService, configuration: configuration, build: build, logger: logger, metrics: metrics, drain: drain)
  }
}
