/// A callback as the plan has it: before it knows whose it is, and without a provider's form.
struct SimulatorNote: Hashable, Sendable, CustomStringConvertible {
  let operation: SimulatorOperation
  let transaction: String
  var reference = ""
  var round = ""
  var closesRound = false
  /// Minor units.
  var amount: Int64 = 0
  /// It shows a token of another brand.
  var hasForeignToken = false
  /// It is in a currency that the brand doesn't have.
  var hasOtherCurrency = false

  var description: String {
    var words = ["\(operation.rawValue) \(transaction)"]
    if operation.hasReference { words.append("of \(reference)") }
    if operation.hasRound { words.append("in \(round)") }
    if operation.hasMoney { words.append("\(amount)") }
    if closesRound { words.append("closing the round") }
    if hasForeignToken { words.append("with another brand's token") }
    if hasOtherCurrency { words.append("in another currency") }
    return words.joined(separator: " ")
  }
}
