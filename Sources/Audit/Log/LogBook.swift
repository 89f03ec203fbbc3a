internal import Evidence
internal import Kernel
internal import Postgres

/// Opens logs: each in a transaction of its own scope.
struct LogBook: Sendable {
  let database: Database

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
