internal import Kernel
internal import Postgres

/// Whose fault a failed command is. Pure.
enum WalletFailureRules {
  /// True when the command itself is what failed, so that others aren't concerned: refused by the rules, or by the database for what it is
  /// (data, constraints, states and whatever our functions raise). Everything else is a failure of the infrastructure.
  static func isOwn(_ error: any Error) -> Bool {
    if error is Problem { return true }
    guard let error = error as? PostgresError, error.kind == .server, let state = error.sqlState?.rawValue else { return false }
    // A contained brand (CB007) refuses every command: no use to try them one by one.
    return state != "CB007" && ownClasses.contains(String(state.prefix(2)))
  }

  private static let ownClasses: Set<String> = ["22", "23", "CB", "P0"]

  /// The players who lost a command to the infrastructure, and to which failure. What they asked for afterwards must not take effect: they
  /// would have the second of two things without the first.
  static func interrupted(_ requests: some Sequence<WalletRequest>, _ outcomes: [WalletOutcome]) -> [PlayerID: any Error] {
    var failures: [PlayerID: any Error] = [:]
    for (request, outcome) in zip(requests, outcomes) {
      guard case .failure(let error) = outcome, !isOwn(error), failures[request.player] == nil else { continue }
      failures[request.player] = error
    }
    return failures
  }
}
