import Testing

@testable import Postgres

/// The cases without any answer; those with answers are proved against a server in CommitTests.
@Suite("what is certain after an exchange")
struct TransactionVerdictTests {
  private let lost = PostgresError(.connectionLost, "gone", operation: "query")
  private let refused = PostgresError(.server, "no", sqlState: .uniqueViolation, operation: "query")

  private func kind(_ report: ExchangeReport, commits: Bool, steps: Int) -> PostgresError.Kind? {
    switch TransactionVerdict.judge(report, commits: commits, stepCount: steps) {
    case .succeeded: nil
    case .failed(let error), .unknown(let error): error.kind
    }
  }

  @Test("a connection lost before COMMIT was sent leaves nothing committed")
  func lostBefore() {
    let report = ExchangeReport(outcomes: [], interruption: lost, notices: [])
    #expect(kind(report, commits: false, steps: 2) == .connectionLost)
  }

  @Test("a connection lost after COMMIT was sent leaves the outcome unknown")
  func lostAfter() {
    let report = ExchangeReport(outcomes: [], interruption: lost, notices: [])
    #expect(kind(report, commits: true, steps: 2) == .outcomeUnknown)
  }

  @Test("a deadline after COMMIT was sent leaves the outcome unknown")
  func lateDeadline() {
    let late = PostgresError(.deadlineExceeded, "late", operation: "query")
    let report = ExchangeReport(outcomes: [], interruption: late, notices: [])
    #expect(kind(report, commits: true, steps: 1) == .outcomeUnknown)
    #expect(kind(report, commits: false, steps: 1) == .deadlineExceeded)
  }

  @Test("a statement refused before COMMIT is certain, even if the connection breaks right after")
  func refusedThenLost() {
    let report = ExchangeReport(outcomes: [.failed(refused)], interruption: lost, notices: [])
    #expect(kind(report, commits: true, steps: 2) == .server)
  }

  @Test("COMMIT itself refused is certain")
  func commitRefused() {
    let report = ExchangeReport(outcomes: [.failed(refused)], interruption: nil, notices: [])
    #expect(kind(report, commits: true, steps: 1) == .server)
  }

  @Test("a session that ended while it committed leaves the outcome unknown: it may have ended just after")
  func fatalAtCommit() {
    let fatal = PostgresError(.connectionLost, "terminating connection", sqlState: .adminShutdown, operation: "COMMIT")
    let report = ExchangeReport(outcomes: [.failed(fatal)], interruption: nil, notices: [])
    #expect(kind(report, commits: true, steps: 1) == .outcomeUnknown)
  }

  @Test("libpq's own error for a broken connection, attached to an earlier step, leaves the outcome unknown")
  func madeUpFailure() {
    let report = ExchangeReport(outcomes: [.failed(lost)], interruption: lost, notices: [])
    #expect(kind(report, commits: true, steps: 3) == .outcomeUnknown)
    #expect(kind(report, commits: false, steps: 3) == .connectionLost)
  }

  @Test("a session that the server ended in an earlier step never came to COMMIT")
  func fatalBeforeCommit() {
    let fatal = PostgresError(.connectionLost, "terminating connection", sqlState: .adminShutdown, operation: "INSERT")
    let report = ExchangeReport(outcomes: [.failed(fatal)], interruption: lost, notices: [])
    #expect(kind(report, commits: true, steps: 3) == .connectionLost)
  }

  @Test("the notices of a cancelled replication wait are known by their routine and, untranslated, by their text")
  func replicationNotices() {
    func notice(_ message: String, routine: String = "exec_stmt_raise") -> Notice {
      Notice(severity: "WARNING", message: message, sqlState: "01000", routine: routine)
    }
    #expect(notice("annulation de l'attente", routine: "SyncRepWaitForLSN").saysReplicationWasNotAwaited)
    #expect(notice("canceling wait for synchronous replication due to user request").saysReplicationWasNotAwaited)
    #expect(
      notice("canceling the wait for synchronous replication and terminating connection due to administrator command")
        .saysReplicationWasNotAwaited)
    #expect(!notice("there is no transaction in progress").saysReplicationWasNotAwaited)
  }
}
