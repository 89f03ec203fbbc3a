/// Which part beneath a service failed, as an answer and its log line say (S4-INC-01, S4-INC-02). The reason says what the caller may do.
package enum FailureClass: String, CaseIterable, Sendable {
  /// PostgreSQL can't be reached, or the connection to it broke.
  case databaseUnavailable = "db.unavailable"
  /// PostgreSQL may be well: all of the process's connections to it are in use.
  case databasePoolExhausted = "db.pool_exhausted"
  /// PostgreSQL didn't answer in time.
  case databaseDeadline = "db.deadline"
  case redisUnavailable = "redis.unavailable"
}
