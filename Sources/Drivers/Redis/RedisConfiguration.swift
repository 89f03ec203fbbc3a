package import Kernel

/// How to reach Redis, and the bounds within which it is used.
///
/// TLS isn't among the options: Debian's libhiredis 0.14.1 is built without it. A `rediss://` URL is therefore refused instead of being
/// connected to in clear; whoever needs TLS puts a local TLS proxy (stunnel, for example) in front and names its loopback address here.
package struct RedisConfiguration: Sendable, CustomStringConvertible {
  package var endpoint: RedisEndpoint
  /// Nil is the server's `default` user.
  package var username: String?
  package var password: String?
  package var database = 0

  /// From the first packet to the end of the handshake.
  package var connectTimeout: Duration = .seconds(1)
  /// For commands that are given no deadline of their own.
  package var commandDeadline: Duration = .seconds(1)
  /// Commands that may be under way at once; the next is refused as overload. At ~100,000 replies a second this is a tenth of a second of work.
  package var commandsUnderWayMax = 10_000
  /// The first pause after a failed attempt to connect; it doubles up to ``reconnectPauseMax``.
  package var reconnectPauseMin: Duration = .milliseconds(50)
  package var reconnectPauseMax: Duration = .seconds(2)
  /// How often the otherwise silent connections of subscriptions are asked for a sign of life. One that owes an answer to the last question
  /// when the next is due counts as lost.
  package var livenessInterval: Duration = .seconds(1)
  package var clock: WallClock = .system

  package init(endpoint: RedisEndpoint) { self.endpoint = endpoint }

  /// Reads `redis://[[user]:password@]host[:port][/database]` or `unix://[[user]:password@]/path[?db=database]`; user and password
  /// are percent-encoded where they contain `:`, `@`, `/` or `%`.
  ///
  /// Throws ``RedisError/Kind/misconfigured`` with a sentence that doesn't repeat the password.
  package init(url: String) throws(RedisError) {
    let parsed = try RedisURL(url)
    self.endpoint = parsed.endpoint
    self.username = parsed.username
    self.password = parsed.password
    self.database = parsed.database
  }

  /// Without user and password, so that it may be logged.
  package var description: String { "\(endpoint), database \(database)" }
}
