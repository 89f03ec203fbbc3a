/// A deposit, withdrawal, bet and so on, as the model keeps it.
struct ModelTransaction: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    let bucket: String
    let amount: Int64
  }

  let identity: ModelIdentity
  let player: Int64
  let kind: String
  var state: String
  let amount: Int64
  var settled: Int64 = 0
  var provider: String?
  var reference: String?
  var round: String?
  var requirement: Int64?
  /// What each bucket gave.
  var parts: [Part] = []

  private static let statesThatShowWhatWasSettled: Set = ["settled", "converted", "completed", "forfeited"]

  /// The JSON in answers and events.
  func json(currency: String) -> String {
    var text = "{\"amount\":\(amount),\"created_at\":\"\(identity.createdAt)\",\"currency\":\"\(currency)\",\"kind\":\"\(kind)\","
    text += "\"player_id\":\(player)"
    if let provider { text += ",\"provider\":\"\(provider)\"" }
    if let reference { text += ",\"reference\":\"\(reference)\"" }
    if let requirement { text += ",\"requirement\":\(requirement)" }
    if let round { text += ",\"round\":\"\(round)\"" }
    if Self.statesThatShowWhatWasSettled.contains(state) { text += ",\"settled_amount\":\(settled)" }
    return text + ",\"state\":\"\(state)\",\"transaction_id\":\"\(identity.id)\"}"
  }
}
