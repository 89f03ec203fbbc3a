/// What was decided about a callback, before the wallet was asked. It never changes.
struct KeptDecision: Hashable, Sendable {
  enum Verdict: Hashable, Sendable {
    /// The wallet decides.
    ///
    /// - reference: the bet that it is about.
    case forwarded(reference: String?)
    /// Nothing is to be done.
    case acknowledged
    case refused(CallbackWord)
  }

  let verdict: Verdict
  /// What the first answer showed, where the wallet's own answer shows none.
  var balance: Int64?

  init(_ verdict: Verdict, balance: Int64? = nil) {
    self.verdict = verdict
    self.balance = balance
  }
}
