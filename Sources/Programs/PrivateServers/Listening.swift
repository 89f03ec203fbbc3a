/// How a private server is reached. Never from another machine.
package enum Listening: Sendable {
  /// A socket file in the server's own directory.
  case unixSocket
  /// A port on 127.0.0.1: the preferred one if it is free, else another.
  case loopback(preferredPort: Int?)
}
