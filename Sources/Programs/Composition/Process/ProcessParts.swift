package import AsyncHTTPClient
package import Platform

/// What all roles of one process share.
package struct ProcessParts: Sendable {
  package let configuration: EffectiveConfiguration
  /// Reads the configuration anew from wherever ``configuration`` came from, the command line's file included.
  package let reread: @Sendable () throws -> EffectiveConfiguration
  package let build: BuildInformation
  package let logSink: LogSink
  package let drain: DrainState
  package let inFlight: InFlightRequests
  package let http: HTTPClient
  package let freezes = FreezeDirectory()

  package init(
    configuration: EffectiveConfiguration, reread: @escaping @Sendable () throws -> EffectiveConfiguration, build: BuildInformation,
    logSink: LogSink = .standardError, drain: DrainState = DrainState(),
    inFlight: InFlightRequests = InFlightRequests(), http: HTTPClient = .shared
  ) {
    self.configuration = configuration
    self.reread = reread
    self.build = build
    self.logSink = logSink
    self.drain = drain
    self.inFlight = inFlight
    self.http = http
  }
}
