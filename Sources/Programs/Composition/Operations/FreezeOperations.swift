internal import Audit
internal import Contracts
internal import Kernel
internal import Platform
package import Postgres
package import Redis

/// What an operator does to freeze tables and to let them take writes again (S0-FRZ). Each order is audited before it is given, so that there is no
/// freeze by a command that nobody signed for; one that Redis didn't take is followed by a row that says so.
package struct FreezeOperations: Sendable {
  /// A writer acts on what it heard up to a second ago, and may have waited for a quarter of a second for that.
  private static let biteTime: Duration = .milliseconds(1300)
  private static let pollPause: Duration = .milliseconds(100)

  private let database: Database
  private let redis: RedisClient

  package init(database: Database, redis: RedisClient) {
    self.database = database
    self.redis = redis
  }

  /// Freezes the tables, or freezes them anew with the whole time.
  package func freeze(_ tables: [String], seconds: Int, by act: OperatorAct) async throws {
    let before = try await standing(tables)
    let new: JSONValue = ["frozen": .boolean(true), "ttl_seconds": .number("\(seconds)")]
    try await record(.tableFreezeSet, tables, before, new, act)
    try await ordering(.tableFreezeSet, tables, before, act) {
      tables.map { ["SET", RedisArgument(RedisKeys.tableFreeze($0)), "1", "EX", RedisArgument(seconds)] }
    }
  }

  /// Lets the tables take writes again.
  /// - Returns: those that had been frozen.
  package func clear(_ tables: [String], by act: OperatorAct) async throws -> [FrozenTable] {
    let before = try await standing(tables)
    try await record(.tableFreezeClear, tables, before, ["frozen": .boolean(false)], act)
    try await ordering(.tableFreezeClear, tables, before, act) {
      tables.map { ["DEL", RedisArgument(RedisKeys.tableFreeze($0))] }
    }
    return before
  }

  /// Gives frozen tables the whole time again.
  /// - Returns: false when somebody has cleared one of them meanwhile: that order is the newer one.
  package func renew(_ tables: [String], seconds: Int) async throws -> Bool {
    let replies = try await sent(
      tables.map { ["SET", RedisArgument(RedisKeys.tableFreeze($0)), "1", "XX", "EX", RedisArgument(seconds)] })
    return !replies.contains(.null)
  }

  /// Waits until the freeze has bitten in every process and no transaction of before it writes to the tables any more (C-23).
  /// - Returns: how many transactions still do when the time is over; zero when all have ended.
  package func drain(_ tables: [String], for limit: Duration) async throws -> Int64 {
    try await Task.sleep(for: Self.biteTime)
    let end = ContinuousClock.now + limit
    while true {
      let writers = try await writers(to: tables)
      if writers == 0 || ContinuousClock.now >= end { return writers }
      try await Task.sleep(for: Self.pollPause)
    }
  }

  /// Every table that is frozen, also those that were frozen by hand.
  package func frozen() async throws -> [FrozenTable] {
    var keys: Set<String> = []
    var cursor: String? = "0"
    while let current = cursor {
      let page = try await redis.scan(match: RedisKeys.tableFreezePrefix + "*", cursor: current, pageSize: 1000)
      keys.formUnion(page.keys)
      cursor = page.next
    }
    return try await standing(keys.map { String($0.dropFirst(RedisKeys.tableFreezePrefix.count)) }.sorted())
  }

  // MARK: Redis

  private func standing(_ tables: [String]) async throws -> [FrozenTable] {
    let replies = try await sent(tables.map { ["TTL", RedisArgument(RedisKeys.tableFreeze($0))] })
    return zip(tables, replies).compactMap { table, reply in
      // -2: there is no such key. -1: it has no expiry.
      guard let seconds = reply.integer, seconds != -2 else { return nil }
      return FrozenTable(table: table, secondsLeft: seconds < 0 ? nil : Int(seconds))
    }
  }

  private func sent(_ commands: [[RedisArgument]]) async throws -> [RedisValue] {
    let replies = try await redis.pipeline(commands)
    for case .error(let message) in replies { throw RedisError(.server(message), message) }
    return replies
  }

  private func ordering(
    _ action: AuditAction, _ tables: [String], _ before: [FrozenTable], _ act: OperatorAct, _ commands: () -> [[RedisArgument]]
  ) async throws {
    do {
      _ = try await sent(commands())
    } catch {
      // Whether Redis took it may not be known: `cordon freeze status` tells.
      try? await record(action, tables, before, ["failed": .string("Redis did not confirm it")], act)
      throw error
    }
  }

  // MARK: SQL

  private func record(
    _ action: AuditAction, _ tables: [String], _ before: [FrozenTable], _ new: JSONValue, _ act: OperatorAct
  ) async throws {
    try await database.withPlatform { transaction in
      for table in tables {
        let old: JSONValue? = before.first { $0.table == table }.map { frozen in
          ["frozen": .boolean(true), "ttl_seconds": frozen.secondsLeft.map { .number("\($0)") } ?? .null]
        }
        try await AdminAudit.append(
          AuditEntry(action, .tableFreeze, table, by: act.operatorID, old: old, new: new, reason: act.reason), brand: nil, in: transaction)
      }
    }
  }

  /// Transactions that write take this lock and keep it to their end.
  private func writers(to tables: [String]) async throws -> Int64 {
    try await database.withPlatform { transaction in
      try await transaction.query(
        """
        SELECT count(DISTINCT l.pid) AS writers FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
        WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND l.pid <> pg_backend_pid()
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND c.relname = ANY (\(tables)::text[])
        """
      ).first?.get("writers") ?? 0
    }
  }
}
