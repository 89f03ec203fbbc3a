package import Kernel
package import Logging

/// Loggers of roles. Each role has its own, so that lines name their service even when several roles share a process.
package enum RoleLogger {
  package static func make(role: ServiceRole, configuration: EffectiveConfiguration, sink: LogSink = .standardError) -> Logger {
    make(service: role.processName, configuration: configuration, sink: sink)
  }

  /// For what belongs to the process rather than to one role.
  package static func make(service: String, configuration: EffectiveConfiguration, sink: LogSink = .standardError) -> Logger {
    let named = configuration.text(Settings.logLevel).flatMap { Logger.Level(rawValue: $0) } ?? .info
    let level = configuration.flag(Settings.debug) ? min(named, .debug) : named
    let redaction = LogRedaction(secrets: configuration.secretValues)
    return Logger(label: service) { _ in JSONLogHandler(service: service, level: level, redaction: redaction, sink: sink) }
  }
}
