internal import Platform

/// Writes a provider's callback from the places of a row, in the provider's form.
struct IsolationPen: Sendable {
  let provider: SimulatedProvider
  let currency: String

  private static let operations: [String: SimulatorOperation] = [
    "Authenticate": .authenticate, "Bet": .bet, "Win": .win, "Rollback": .rollback, "PromoWin": .promoWin, "EndRound": .endRound,
    "Batch": .rollback,
  ]

  /// - Parameters:
  ///   - name: the operation's id without the provider's name.
  ///   - values: what stands in `account`, `token`, `transaction`, `reference` and `round`.
  /// - Returns: what follows `/callbacks/`, and the body.
  func callback(_ name: String, _ values: [String: JSONValue]) -> (path: String, body: [UInt8]) {
    func text(_ place: String) -> String { values[place].map { IsolationCast.word($0) } ?? "" }
    let identity = SimulatorIdentity(
      account: text("account"), token: text("token"), foreignToken: "", currency: currency, otherCurrency: "", prefix: "")
    let note = SimulatorNote(
      operation: Self.operations[name] ?? .balance, transaction: text("transaction"), reference: text("reference"), round: text("round"),
      amount: 100)
    // A batch has two at least; the second is of a bet that nobody made.
    let second = SimulatorNote(
      operation: .rollback, transaction: text("transaction") + "-2", reference: text("transaction") + "-none")
    let step = SimulatorStep(notes: name == "Batch" ? [note, second] : [note], fate: .answered)
    let pen = SimulatorPen(provider: provider, identity: identity)
    return (pen.path(of: step), pen.body(of: step))
  }
}
