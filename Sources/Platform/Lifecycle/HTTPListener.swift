package import Logging
internal import HummingbirdCore
internal import NIOCore
internal import NIOPosix

/// Accepts HTTP/1.1 on one address, and has a dispatcher answer it.
package struct HTTPListener: Sendable {
  private let dispatcher: EndpointDispatcher
  private let limits: HTTPLimits
  private let host: String
  private let port: Int
  private let logger: Logger
  private let onListening: @Sendable (Int) async -> Void

  /// - Parameters:
  ///   - port: 0 for any.
  ///   - onListening: called once with the port, when connections are accepted.
  package init(
    _ dispatcher: EndpointDispatcher, limits: HTTPLimits, host: String, port: Int, logger: Logger,
    onListening: @escaping @Sendable (Int) async -> Void
  ) {
    self.dispatcher = dispatcher
    self.limits = limits
    self.host = host
    self.port = port
    self.logger = logger
    self.onListening = onListening
  }

  /// Serves until graceful shutdown, then closes the listener and finishes what is in flight.
  ///
  /// - Throws: when the port can't be had.
  package func run() async throws {
    let configuration = ServerConfiguration(
      address: .hostname(host, port: port), availableConnectionsDelegate: .maximum(limits.connectionsMax, logger: logger))
    let server = Server(
      childChannelSetup: RoleChannel(dispatcher: dispatcher, limits: limits), configuration: configuration,
      onServerRunning: { [onListening, port] channel in await onListening(channel.localAddress?.port ?? port) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    try await server.run()
  }
}
