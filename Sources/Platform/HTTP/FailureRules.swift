package import Kernel
internal import Postgres
internal import Redis

/// What an error that a handler let through means to the caller. Pure.
package enum FailureRules {
  /// Errors that aren't a refusal or a driver's become `internal_error`; their text goes to the log and never into the answer.
  package static func problem(from error: any Error) -> Problem {
    switch error {
    case let problem as Problem: problem
    // Which table it is, the log says: it is nothing to a player.
    case let error as PostgresError where error.kind == .paused: Problem(.servicePaused, retryAfterSeconds: Limits.pausedRetrySeconds)
    case let error as PostgresError: Problem(reason(of: error), failureClass: failureClass(of: error))
    case is RedisError: Problem(.unavailable, failureClass: .redisUnavailable)
    default: Problem(.internalError)
    }
  }

  private static func failureClass(of error: PostgresError) -> FailureClass? {
    switch error.kind {
    case .poolExhausted: .databasePoolExhausted
    case .deadlineExceeded: .databaseDeadline
    case .unreachable, .connectionLost, .outcomeUnknown, .shuttingDown: .databaseUnavailable
    case .server: failureClass(ofState: error.sqlState?.description ?? "")
    default: nil
    }
  }

  private static func failureClass(ofState state: String) -> FailureClass? {
    switch state {
    case "57014": .databaseDeadline
    case "53300": .databasePoolExhausted
    // The server is there and takes no sessions: it starts, stops or crashed.
    default: state.hasPrefix("08") || state.hasPrefix("57P") ? .databaseUnavailable : nil
    }
  }

  private static func reason(of error: PostgresError) -> ProblemReason {
    switch error.kind {
    case .outcomeUnknown: .outcomeUnknown
    case .unreachable, .poolExhausted, .deadlineExceeded, .connectionLost, .shuttingDown: .unavailable
    case .server: reason(ofState: error.sqlState?.description ?? "")
    default: .internalError
    }
  }

  /// States that say "not now" rather than "wrong": the same request may succeed when the server is itself again.
  private static func reason(ofState state: String) -> ProblemReason {
    switch state {
    case "CB001": .brandRequired
    case "CB007": .containment
    case "40001", "40P01", "55P03", "57014", "25006": .unavailable
    default: ["53", "57", "58", "08"].contains(state.prefix(2)) ? .unavailable : .internalError
    }
  }
}
