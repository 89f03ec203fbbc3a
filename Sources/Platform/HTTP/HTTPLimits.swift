internal import Kernel

/// What one connection of a role may cost.
package struct HTTPLimits: Hashable, Sendable {
  package var headerBytesMax = Limits.headerBytesMax
  package var headerFieldsMax = Limits.headerFieldsMax
  package var bodyBytesMax = Limits.bodyBytesMax
  /// From the first byte of a request to the end of its header section.
  package var headerTimeout: Duration = .seconds(10)
  /// From there to the end of the body, and for the peer to take an answer.
  package var bodyTimeout: Duration = .seconds(20)
  /// Without a request.
  package var idleTimeout: Duration = .seconds(75)
  package var connectionsMax = 4096

  package init() {}

  package init(_ configuration: EffectiveConfiguration) {
    headerTimeout = configuration.seconds(Settings.headerSeconds)
    bodyTimeout = configuration.seconds(Settings.bodySeconds)
    idleTimeout = configuration.seconds(Settings.idleSeconds)
    connectionsMax = configuration.integer(Settings.connectionsMax) ?? connectionsMax
  }
}
