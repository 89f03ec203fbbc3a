/// Which results an exchange expects, and which have come. Pure bookkeeping.
struct ExchangePlan {
  enum Expectation {
    case preparation(key: StatementCache.Key, name: String)
    case deallocation(name: String)
    case answer(step: Int)
  }

  enum Effect {
    case prepared(StatementCache.Key, name: String)
    case deallocated(name: String)
  }

  let steps: [ExchangeStep]
  private var expectations: [Expectation] = []
  private var position = 0
  private var pendingNames: [StatementCache.Key: String] = [:]
  private var outcomes: [ExchangeReport.Outcome] = []
  /// The current statement has had its result, so that the end of its results is the next thing to come.
  private var hasResult = false
  private(set) var isComplete = false
  private(set) var isUnreadable = false
  /// A failed preparation fails its statement, which itself is only skipped.
  private var preparationFailure: PostgresError?

  /// Outside the pipeline any number of results comes, and the end of results is the end of the exchange.
  private let isScript: Bool
  private(set) var scriptFailure: PostgresError?

  init(steps: [ExchangeStep], isScript: Bool = false) {
    self.steps = steps
    self.isScript = isScript
  }

  mutating func expect(_ expectation: Expectation) {
    expectations.append(expectation)
    if case .preparation(let key, let name) = expectation { pendingNames[key] = name }
  }

  /// The name under which an earlier step of this exchange is preparing the same statement.
  func name(for key: StatementCache.Key) -> String? { pendingNames[key] }

  var currentOperation: String {
    for expectation in expectations.dropFirst(position) {
      if case .answer(let step) = expectation { return steps[step].sql.summary }
    }
    return "sync"
  }

  mutating func receive(_ result: ServerResult) -> Effect? {
    switch result {
    case .sync:
      isComplete = true
      return nil
    case .unsupported:
      isUnreadable = true
      return nil
    case .rows, .failed, .skipped: break
    }
    if isScript, case .failed(let error) = result { scriptFailure = scriptFailure ?? error }
    guard position < expectations.count else { return nil }
    hasResult = true
    switch expectations[position] {
    case .answer: take(answer: result)
    case .preparation(let key, let name):
      if case .rows = result { return .prepared(key, name: name) }
      if case .failed(let error) = result { preparationFailure = error }
    case .deallocation(let name):
      if case .rows = result { return .deallocated(name: name) }
    }
    return nil
  }

  private mutating func take(answer: ServerResult) {
    switch answer {
    case .rows(let rows): outcomes.append(.rows(rows))
    case .failed(let error): outcomes.append(.failed(error))
    case .skipped:
      outcomes.append(preparationFailure.map { .failed($0) } ?? .skipped)
      preparationFailure = nil
    case .sync, .unsupported: break
    }
  }

  /// libpq reported the end of a statement's results. False when no result had come, so that there is nothing to read at all.
  mutating func statementEnded() -> Bool {
    if isScript {
      isComplete = true
      return true
    }
    guard hasResult else { return false }
    hasResult = false
    position += 1
    return true
  }

  func report(interruptedBy interruption: PostgresError?, notices: [Notice], isInTransaction: Bool = false) -> ExchangeReport {
    var outcomes = outcomes
    // A session that ended while it prepared a statement never got to the statement.
    if let preparationFailure, interruption != nil { outcomes.append(.failed(preparationFailure)) }
    return ExchangeReport(outcomes: outcomes, interruption: interruption, notices: notices, isInTransaction: isInTransaction)
  }
}
