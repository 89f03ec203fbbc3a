internal import Audit
internal import Composition
internal import Kernel
internal import Platform
internal import Postgres
internal import PrivateServers
internal import Redis
internal import SQLAudit
internal import Wallet

/// Which exit status and message an error becomes.
enum FailureRules {
  /// Nil for what the argument parser throws: it has its own messages.
  static func failure(_ error: any Error) -> CommandFailure? {
    switch error {
    case let failure as CommandFailure: failure
    case let error as ConfigurationError: CommandFailure(.usage, error.description)
    case let error as StartRefused: CommandFailure(.failure, error.description)
    case let error as MigrationError: CommandFailure(status(of: error), error.description)
    case let error as PostgresError where error.kind == .paused:
      CommandFailure(.temporary, "\(error.message); see `cordon freeze status`")
    case let error as PostgresError: CommandFailure(status(of: error), "PostgreSQL: \(error)")
    case let error as RedisError: CommandFailure(status(of: error), error.description)
    case let error as PrivateServerError: CommandFailure(status(of: error), error.description)
    case let error as OperationRefused: CommandFailure(status(of: error), error.description)
    case let problem as Problem: CommandFailure(status(of: problem), message(of: problem))
    case let fault as SourceAuditFault: CommandFailure(status(of: fault), fault.description)
    case let fault as HarnessFault: CommandFailure(status(of: fault), fault.description)
    case let fault as IsolationFault: CommandFailure(.failure, fault.description)
    case let fault as SimulatorFault: CommandFailure(status(of: fault), fault.description)
    case let fault as FileFault: CommandFailure(.failure, fault.description)
    case let fault as SecretFault: CommandFailure(.failure, fault.description)
    case let fault as BackupFault: CommandFailure(status(of: fault), fault.description)
    case let refusal as LogRefusal: CommandFailure(.verificationFailed, refusal.description)
    case is CancellationError: CommandFailure(.interrupted, "interrupted")
    default: nil
    }
  }

  private static func status(of error: MigrationError) -> ExitStatus {
    switch error {
    case .ladderBusy: .temporary
    case .noSuchTarget, .unreadable: .notFound
    case .downRefused, .targetAboveHead: .conflict
    case .badName, .duplicate, .gap, .downWithoutUp, .changed, .unknownApplied, .missingBelowHead, .noDown, .invalid, .transactionEnded:
      .verificationFailed
    }
  }

  private static func status(of error: PostgresError) -> ExitStatus {
    switch error.kind {
    case .connectionLost, .outcomeUnknown, .deadlineExceeded, .poolExhausted, .unreachable, .paused: .temporary
    case .server, .decoding, .misuse, .shuttingDown: error.isSerializationConflict ? .temporary : .failure
    }
  }

  private static func status(of fault: SourceAuditFault) -> ExitStatus {
    switch fault {
    case .noSchema: .notFound
    case .badSchema: .failure
    }
  }

  private static func status(of fault: BackupFault) -> ExitStatus {
    switch fault.kind {
    case .notFound: .notFound
    case .conflict: .conflict
    case .unusable: .usage
    case .failed: .failure
    }
  }

  private static func status(of error: RedisError) -> ExitStatus {
    switch error.kind {
    case .unreachable, .connectionLost, .deadlineExceeded: .temporary
    default: .failure
    }
  }

  private static func status(of error: OperationRefused) -> ExitStatus {
    switch error.kind {
    case .notFound: .notFound
    case .conflict: .conflict
    case .unusable: .usage
    }
  }

  /// The refusals of rules that HTTP routes and commands share.
  private static func status(of problem: Problem) -> ExitStatus {
    switch problem.reason.status {
    case 400, 422: .usage
    case 404: .notFound
    case 409: .conflict
    case 503: .temporary
    default: .failure
    }
  }

  private static func message(of problem: Problem) -> String {
    ([problem.detail ?? problem.reason.title] + problem.faults.map { "  \($0.pointer.isEmpty ? "(document)" : $0.pointer): \($0.detail)" })
      .joined(separator: "\n")
  }

  private static func status(of error: PrivateServerError) -> ExitStatus {
    switch error.kind {
    case .alreadyRunning: .conflict
    case .notInstalled, .directory, .startFailed: .failure
    }
  }

  private static func status(of fault: HarnessFault) -> ExitStatus {
    switch fault {
    case .production, .enforcementOff: .conflict
    case .brandMissing: .notFound
    case .unknownCaller, .tokenMissing: .usage
    case .unreachable: .temporary
    }
  }

  private static func status(of fault: SimulatorFault) -> ExitStatus {
    switch fault {
    case .production: .conflict
    case .brandMissing: .notFound
    case .keyMissing, .tokenMissing: .usage
    case .unreachable: .temporary
    case .refused: .failure
    }
  }
}
