package import Kernel
package import Postgres

/// The SQL of pauses of signing (S4-INC-05).
package enum SigningPauseStore {
  package static func pause(
    for life: Duration, by operatorID: String, reason: String, _ transaction: PlatformTransaction
  ) async throws(PostgresError) {
    try await transaction.execute(
      """
      INSERT INTO evidence.signing_pause (event, until, operator_id, reason)
      VALUES ('paused', now() + make_interval(secs => \(life.components.seconds)::bigint), \(operatorID), \(reason))
      """)
  }

  package static func resume(by operatorID: String, reason: String, _ transaction: PlatformTransaction) async throws(PostgresError) {
    try await transaction.execute(
      "INSERT INTO evidence.signing_pause (event, operator_id, reason) VALUES ('resumed', \(operatorID), \(reason))")
  }

  /// Until when signing is paused; nil when it isn't.
  package static func pausedUntil(_ transaction: PlatformTransaction) async throws(PostgresError) -> Timestamp? {
    try SigningStand.until(try await transaction.query(SigningStand.pauseQuery))
  }
}
