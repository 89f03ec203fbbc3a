/// What is said first on every connection: who we are, and which database we mean.
struct RedisHandshake: Sendable {
  private enum Step {
    case authenticate, select, name
  }

  private let steps: [(step: Step, command: [RedisArgument])]

  var commands: [[RedisArgument]] { steps.map(\.command) }

  init(_ configuration: RedisConfiguration) {
    var steps: [(Step, [RedisArgument])] = []
    if let password = configuration.password {
      let user = configuration.username.map { [RedisArgument($0)] } ?? []
      steps.append((.authenticate, ["AUTH"] + user + [RedisArgument(password)]))
    }
    if configuration.database != 0 { steps.append((.select, ["SELECT", RedisArgument(configuration.database)])) }
    steps.append((.name, ["CLIENT", "SETNAME", "cordon"]))
    self.steps = steps
  }

  /// Throws ``RedisError/Kind/unreachable`` with the server's own sentence when it refused one of the steps.
  func check(_ replies: [RedisValue]) throws(RedisError) {
    for ((step, _), reply) in zip(steps, replies) {
      guard case .error(let message) = reply else { continue }
      switch step {
      case .authenticate: throw RedisError(.unreachable, "The server refused the user or password of the Redis URL: \(message).")
      case .select: throw RedisError(.unreachable, "The server refused the database of the Redis URL: \(message).")
      case .name:
        // An access list may forbid CLIENT SETNAME; the name is a convenience for CLIENT LIST.
        if message.hasPrefix("NOPERM") { continue }
        throw RedisError(.unreachable, "The server refused the connection: \(message).")
      }
    }
  }
}
