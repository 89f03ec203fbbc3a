internal import Evidence
internal import Kernel
internal import Postgres

/// Opens logs: each in a transaction of its own scope.
struct LogBook: Sendable {
  private static let stepDeadline: Duration = .seconds(30)

  let database: Database

  /// One step of signing a log.
  ///
  /// - Returns: nil while another process works on the log, or when it has just done what this one was about to: the snapshot is taken by
  ///   the very statement that takes the lock, so that who commits between the two isn't seen, and his rows stand in the way.
  func sign(_ log: LedgerLog, _ publisher: LogPublisher) async throws -> LogPublisher.Progress? {
    do {
      return try await with(log, isolation: .repeatableRead, deadline: Self.stepDeadline) { try await publisher.step($0) }
    } catch let error as PostgresError where error.sqlState == .uniqueViolation {
      return nil
    }
  }

  func with<Value>(
    _ log: LedgerLog, isolation: IsolationLevel = .readCommitted, deadline: Duration? = nil, _ body: (any LogShelf) async throws -> Value
  ) async throws -> Value {
    switch log {
    case .brand(let brand, let source):
      try await database.withBrand(brand, isolation: isolation, deadline: deadline) { transaction in
        try await body(BrandLogShelf(source: source, transaction: transaction))
      }
    case .platform(let source):
      try await database.withPlatform(isolation: isolation, deadline: deadline) { transaction in
        try await body(PlatformLogShelf(source: source, transaction: transaction))
      }
    }
  }
}
