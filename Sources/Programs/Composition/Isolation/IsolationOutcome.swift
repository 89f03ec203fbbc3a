internal import Platform

/// What one place of one operation answered a brand that asked for another's thing.
package struct IsolationOutcome: Hashable, Sendable {
  package enum Verdict: String, CaseIterable, Sendable {
    /// Another brand's thing is answered as one that never was, and the brand's own is not.
    case same
    /// As ``same``, but the answer to a change says nothing by which the own thing could be told apart.
    case silent
    /// What came from outside counted for nothing.
    case ignored
    /// No operator of one brand may do it.
    case barred
    /// The alarm that is agreed for callers inside, or the refusal of a token of another host.
    case alarm
    /// Both brands count their own; this number is one of the asking brand's too.
    case counted
    /// The brands don't take it: the secret is not configured.
    case closed
    case namesNothing = "names_nothing"
    case platformWide = "platform_wide"
    case failed
  }

  package let role: String
  package let operation: String
  /// Nil for an operation that takes nothing.
  package let place: IsolationPlace?
  package let actor: IsolationActor
  /// Codes of the brand that asked, and of the one whose thing it was; empty for an operation that takes nothing.
  package let asker: String
  package let owner: String
  package let verdict: Verdict
  /// The answer, or why there was nothing to ask.
  package let detail: String

  /// One line of the table, whose digest the certificate has.
  package var line: String {
    [role, operation, place?.description ?? "-", actor.description, asker, owner, verdict.rawValue, detail].joined(separator: "\t")
  }
}
