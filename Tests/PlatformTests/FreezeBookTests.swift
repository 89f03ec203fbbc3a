import Testing

@testable import Platform

@Suite("What is known of frozen tables")
struct FreezeBookTests {
  private let start = ContinuousClock.now

  private func after(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  private func book(_ answers: [String: Bool]) -> FreezeBook {
    var book = FreezeBook()
    _ = book.next(answers.keys.sorted(), at: start)
    book.answer(answers, at: start)
    return book
  }

  @Test("S0-FRZ-07 one asks, the others wait for that answer, and for a second nobody asks again")
  func shared() {
    var book = FreezeBook()
    #expect(book.next(["a", "b"], at: start) == .ask(["a", "b"]))
    #expect(book.next(["a"], at: start) == .wait)
    #expect(book.next(["b", "c"], at: start) == .ask(["c"]))
    #expect(book.isUnderWay(["b"]))
    book.answer(["a": false, "b": true], at: after(0.1))
    #expect(book.next(["a"], at: after(0.2)) == .decided(FreezeDecision()))
    #expect(book.next(["a", "b"], at: after(0.999)) == .decided(FreezeDecision(frozen: ["b"])))
  }

  @Test("S0-FRZ-07 the second counts from the question, so that nothing older than that is acted on")
  func period() {
    var book = FreezeBook()
    _ = book.next(["a"], at: start)
    book.answer(["a": false], at: after(0.25))
    #expect(book.next(["a"], at: after(0.99)) == .decided(FreezeDecision()))
    #expect(book.next(["a"], at: after(1)) == .ask(["a"]))
  }

  @Test("what else is known travels in the same question")
  func company() {
    var book = book(["a": false, "b": true])
    #expect(book.next(["b"], at: after(1)) == .ask(["b", "a"]))
    #expect(book.next(["a"], at: after(1)) == .wait)
  }

  @Test("S0-FRZ-07 tables that were first asked for apart ask together from then on")
  func phases() {
    var book = book(["a": false])
    #expect(book.next(["b"], at: after(0.5)) == .ask(["b", "a"]))
    book.answer(["a": false, "b": false], at: after(0.6))
    #expect(book.next(["a", "b"], at: after(1.4)) == .decided(FreezeDecision()))
    #expect(book.next(["a"], at: after(1.5)) == .ask(["a", "b"]))
  }

  @Test("without Redis the last answer stays, each such decision says so, and the next attempt waits its second too")
  func outage() {
    var book = book(["a": false, "b": true])
    _ = book.next(["a", "b"], at: after(1))
    book.fail(["a", "b"])
    #expect(book.next(["a"], at: after(1.5)) == .decided(FreezeDecision(unknown: ["a"])))
    #expect(book.next(["b"], at: after(1.5)) == .decided(FreezeDecision(frozen: ["b"], unknown: ["b"])))
    #expect(book.next(["b"], at: after(2)) == .ask(["b", "a"]))
    book.answer(["a": false, "b": false], at: after(2))
    #expect(book.next(["a", "b"], at: after(2.5)) == .decided(FreezeDecision()))
  }

  @Test("a table that nobody ever answered for is writable, and counted as unknown")
  func neverAnswered() {
    var book = FreezeBook()
    _ = book.next(["a"], at: start)
    book.fail(["a"])
    #expect(book.next(["a"], at: start) == .decided(FreezeDecision(unknown: ["a"])))
  }

  @Test("S0-FRZ-03 without Redis a freeze lasts no longer than it could with it")
  func expiry() {
    var book = book(["a": true])
    for (seconds, isFrozen) in [(1799.0, true), (1801.0, false)] {
      _ = book.next(["a"], at: after(seconds))
      book.fail(["a"])
      #expect(book.next(["a"], at: after(seconds)) == .decided(FreezeDecision(frozen: isFrozen ? ["a"] : [], unknown: ["a"])))
    }
  }
}
