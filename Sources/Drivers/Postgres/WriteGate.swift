/// Asked before every statement that writes, by the tables that it names: whoever may say that a table takes no writes for now.
package protocol WriteGate: Sendable {
  /// - Parameter tables: without their schemas.
  /// - Throws: ``PostgresError/Kind/paused``, and nothing of the statements is sent.
  func admit(writesTo tables: [String]) async throws(PostgresError)
}
