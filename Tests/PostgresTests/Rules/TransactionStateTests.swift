import Testing

@testable import Postgres

@Suite("the life of a transaction")
struct TransactionStateTests {
  private let refused = PostgresError(.server, "duplicate key", sqlState: .uniqueViolation, operation: "query")

  private func misuse(_ state: inout TransactionState) -> PostgresError.Kind? {
    do throws(PostgresError) {
      _ = try state.start("query")
      return nil
    } catch {
      return error.kind
    }
  }

  @Test("only the first statement takes BEGIN along")
  func begin() throws {
    var state = TransactionState()
    #expect(try state.start("query"))
    state.finish(.succeeded([]), commits: false, interrupted: false)
    #expect(try !state.start("query"))
  }

  @Test("a statement that was never sent leaves BEGIN to the next")
  func neverSent() throws {
    var state = TransactionState()
    _ = try state.start("query")
    state.neverSent()
    #expect(try state.start("query"))
  }

  @Test("two statements at once are misuse")
  func overlapping() throws {
    var state = TransactionState()
    _ = try state.start("query")
    #expect(misuse(&state) == .misuse)
  }

  @Test("after the body and after COMMIT every statement is misuse")
  func ended() throws {
    var ended = TransactionState()
    ended.endBody()
    #expect(misuse(&ended) == .misuse)
    var committed = TransactionState()
    _ = try committed.start("commit")
    committed.finish(.succeeded([]), commits: true, interrupted: false)
    #expect(misuse(&committed) == .misuse)
  }

  @Test("COMMIT after the body is not for the body")
  func commitAfterBody() throws {
    var state = TransactionState()
    #expect(throws: PostgresError.self) { try state.start("commit", afterBody: true) }
    state.endBody()
    #expect(throws: Never.self) { try state.start("commit", afterBody: true) }
  }

  @Test("a failed transaction repeats its cause instead of asking the server")
  func failed() throws {
    var state = TransactionState()
    _ = try state.start("query")
    state.finish(.failed(refused), commits: false, interrupted: false)
    #expect(state.phase == .failed)
    #expect(state.failure?.constraint == nil)
    #expect(misuse(&state) == .server)
  }

  @Test("an interrupted transaction is lost; unanswered only if nothing had come before")
  func lost() throws {
    let gone = PostgresError(.connectionLost, "gone", operation: "query")
    var fresh = TransactionState()
    _ = try fresh.start("query")
    fresh.finish(.failed(gone), commits: false, interrupted: true)
    #expect(fresh.phase == .lost)
    #expect(fresh.isUnanswered)
    var answered = TransactionState()
    _ = try answered.start("query")
    answered.finish(.succeeded([]), commits: false, interrupted: false)
    _ = try answered.start("query")
    answered.finish(.failed(gone), commits: false, interrupted: true)
    #expect(!answered.isUnanswered)
  }
}
