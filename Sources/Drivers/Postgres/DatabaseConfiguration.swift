/// Where the database is and how this process uses it.
package struct DatabaseConfiguration: Sendable {
  /// From the URL, in libpq's keywords: hosts, port, user, password, database and whatever its query part adds.
  private(set) var address: DatabaseAddress
  /// How many connections the pool opens at most.
  package var poolSizeMax: Int
  package var connectTimeout: Duration
  /// For a transaction that names no deadline of its own.
  package var defaultDeadline: Duration
  /// A connection older than this is closed when it comes back, so that load spreads again after a failover.
  package var connectionAgeMax: Duration
  /// A connection that nobody used for so long is closed.
  package var connectionIdleMax: Duration
  /// How long ``Database/close()`` waits for transactions that still run.
  package var closeGrace: Duration
  /// More settings of the session, as `name=value`.
  package var sessionSettings: [String] = []
  /// What `pg_stat_activity` shows.
  package var applicationName: String

  /// - Parameter url: `postgres://user:password@host:port/database?keyword=value`, several hosts separated by commas; a host that is a
  ///   directory, percent-encoded, names a Unix socket. A driver suffix as in `postgresql+psycopg://` is tolerated.
  /// - Throws: `.misuse`, never quoting the URL: it holds the password.
  package init(url: String, poolSizeMax: Int = 16) throws(PostgresError) {
    self.address = try DatabaseAddress(url: url)
    self.poolSizeMax = max(1, poolSizeMax)
    self.connectTimeout = .seconds(5)
    self.defaultDeadline = .seconds(5)
    self.connectionAgeMax = .seconds(1800)
    self.connectionIdleMax = .seconds(300)
    self.closeGrace = .seconds(10)
    self.applicationName = "cordon"
  }

  /// The host, port and database for people, without user or password.
  package var description: String { address.description }

  /// Another database of the same server, as the same role.
  package func naming(database: String) -> DatabaseConfiguration {
    var other = self
    other.address = address.naming(database)
    return other
  }

  /// The environment in which PostgreSQL's own programs reach this database. A command line would show the password to everybody.
  package var programEnvironment: [String: String] { address.environment.merging(["PGAPPNAME": applicationName]) { $1 } }

  /// The server ends what this process has forgotten: so much later than the driver's own deadline.
  private static let guardMargin: Duration = .seconds(2)

  /// The server-side limit for a transaction with this deadline, when the session's own limit is too short for it.
  func guardMilliseconds(for deadline: Duration) -> Int64? {
    deadline > defaultDeadline ? Self.milliseconds(deadline + Self.guardMargin) : nil
  }

  private static func milliseconds(_ duration: Duration) -> Int64 { max(1, Int64((duration / .milliseconds(1)).rounded(.up))) }

  /// All parameters of a new session, with host names looked up, since libpq would block on that.
  func resolvedParameters() async throws(PostgresError) -> [(keyword: String, value: String)] {
    try await address.resolved() + sessionParameters
  }

  private var sessionParameters: [(keyword: String, value: String)] {
    let limit = Self.milliseconds(defaultDeadline + Self.guardMargin)
    // The schema `public` isn't searched: the platform's tables are in `cordon`, and those of other schemas are always qualified.
    let settings = [
      "search_path=cordon", "statement_timeout=\(limit)", "idle_in_transaction_session_timeout=\(limit)",
      // A statement whose client is gone is ended instead of holding its locks to the end.
      "client_connection_check_interval=1000", "DateStyle=ISO", "TimeZone=UTC", "bytea_output=hex",
      // Every statement is short: compiling one costs more than it could win.
      "jit=off",
    ]
    return [
      ("application_name", applicationName), ("client_encoding", "UTF8"), ("gssencmode", "disable"),
      ("options", (address.options + (settings + sessionSettings).map { "-c \($0)" }).joined(separator: " ")),
      ("keepalives", "1"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "15000"),
    ]
  }
}
