/// Why Redis gave no usable answer.
package struct RedisError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// There is no connection, and the last attempt to make one failed. The command was not sent.
    case unreachable
    /// The connection broke while the command was under way: whether the server executed it isn't known.
    case connectionLost
    /// No answer in time. Whether the server executed the command isn't known, unless the message says that it was never sent.
    case deadlineExceeded
    /// The server answered with an error: nothing was changed, with the exceptions that Redis documents for scripts and transactions.
    case server(String)
    /// The bytes, or the shape of an answer, aren't what the protocol or the command's description says.
    case protocolViolation
    /// The client has been closed.
    case shuttingDown
    /// The calling task was cancelled. Whether the server executed the command isn't known.
    case cancelled
    /// More commands are under way than the client's bound. The command was not sent.
    case overloaded
    /// The URL or another setting can't be used.
    case misconfigured
  }

  package let kind: Kind
  /// A sentence for the log. It contains no password and no value of a command.
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  static func server(_ message: String) -> RedisError { RedisError(.server(message), message) }

  /// The first word of the server's error, such as `OOM`, `READONLY` or `NOSCRIPT`; nil for errors of other kinds.
  package var serverCode: String? {
    guard case .server(let message) = kind else { return nil }
    return message.split(separator: " ", maxSplits: 1).first.map { String($0) }
  }

  package var description: String { "Redis: \(message)" }
}
