import Testing

@testable import Postgres

@Suite("running a transaction again")
struct RetryRulesTests {
  private func reason(
    _ kind: PostgresError.Kind, _ state: SQLState? = nil, message: String = "", attempt: Int = 1, isReused: Bool = true,
    isUnanswered: Bool = false
  ) -> RetryRules.Reason? {
    RetryRules.reason(
      failure: PostgresError(kind, message, sqlState: state, operation: "query"), attempt: attempt, isReused: isReused,
      isUnanswered: isUnanswered)
  }

  @Test("serialization conflicts and deadlocks, three attempts in all")
  func conflicts() {
    #expect(reason(.server, .serializationFailure) == .conflict)
    #expect(reason(.server, .deadlockDetected, attempt: 2) == .conflict)
    #expect(reason(.server, .deadlockDetected, attempt: 3) == nil)
  }

  @Test("never when COMMIT may have happened")
  func unknown() {
    #expect(reason(.outcomeUnknown, .serializationFailure, isUnanswered: true) == nil)
  }

  @Test("not for refusals and deadlines")
  func refusals() {
    #expect(reason(.server, .uniqueViolation) == nil)
    #expect(reason(.deadlineExceeded, isUnanswered: true) == nil)
  }

  @Test("for an idle connection that was found dead, but not for one that broke in the midst or was new")
  func deadConnections() {
    #expect(reason(.connectionLost, isUnanswered: true) == .staleConnection)
    #expect(reason(.connectionLost, isUnanswered: false) == nil)
    #expect(reason(.connectionLost, isReused: false, isUnanswered: true) == nil)
  }

  @Test("for a prepared statement that no longer fits the schema")
  func stalePlans() {
    #expect(reason(.server, .featureNotSupported, message: "cached plan must not change result type") == .staleConnection)
    #expect(reason(.server, .featureNotSupported, message: "COPY FROM not supported with row-level security") == nil)
    #expect(reason(.server, .preparedStatementMissing) == .staleConnection)
  }

  @Test("the pauses grow and are jittered")
  func pauses() {
    #expect(RetryRules.pause(afterAttempt: 1, jitter: 0) == .milliseconds(2))
    #expect(RetryRules.pause(afterAttempt: 2, jitter: 0) == .milliseconds(8))
    #expect(RetryRules.pause(afterAttempt: 2, jitter: 0.5) == .milliseconds(12))
  }
}
