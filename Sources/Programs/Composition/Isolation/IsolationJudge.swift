internal import Kernel

/// What the answers to one probe mean. Pure.
enum IsolationJudge {
  /// The answers to the other brand's thing, to one that never was, and, where it can be asked, to the brand's own, as its own.
  struct Answers {
    let foreign: IsolationAnswer
    let absent: IsolationAnswer
    var own: IsolationAnswer?
  }

  enum Judgement: Hashable {
    case verdict(IsolationOutcome.Verdict)
    case fault(IsolationFinding.Kind, String)
  }

  /// - Parameter mode: what the stack enforces; the alarm for callers inside belongs to `enforce`.
  static func judge(_ answers: Answers, _ row: IsolationRow, _ ask: IsolationAsk, isIgnored: Bool, mode: HarnessProfile) -> Judgement {
    let all = [answers.foreign, answers.absent] + [answers.own].compactMap { $0 }
    if let broken = all.first(where: { $0.status >= 500 }) { return .fault(.failure, "answered \(broken.summary)") }
    let equal = answers.foreign == answers.absent
    if let barred = ask.barred {
      let held = equal && answers.foreign.reason == barred.rawValue
      return held ? .verdict(.barred) : .fault(.difference, difference(answers))
    }
    if !equal {
      return isAlarm(answers, row, ask, mode) ? .verdict(.alarm) : .fault(.difference, difference(answers))
    }
    if isIgnored { return .verdict(.ignored) }
    if ask.isSilent { return .verdict(.silent) }
    guard answers.own != answers.absent else {
      return .fault(.unproven, "the owner's own is answered \(answers.absent.summary) too, so the probe proves nothing")
    }
    return .verdict(.same)
  }

  static func isAlarm(_ answers: Answers, _ row: IsolationRow, _ ask: IsolationAsk, _ mode: HarnessProfile) -> Bool {
    let inside: [ProblemReason] = row.actor.isInside && mode == .enforce ? [.crossBrandRejected, .idempotencyBrandSplit] : []
    let allowed = Set((inside + ask.alarms).map(\.rawValue))
    let told = answers.foreign.reasons.subtracting(answers.absent.reasons)
    // Nothing but refusals, and none but those that are agreed.
    return !told.isEmpty && told.isSubset(of: allowed)
  }

  private static func difference(_ answers: Answers) -> String {
    guard answers.foreign.summary == answers.absent.summary else {
      return "another brand's is answered \(answers.foreign.summary), one that never was \(answers.absent.summary)"
    }
    return "both are answered \(answers.foreign.summary), but with another body or other headers"
  }
}
