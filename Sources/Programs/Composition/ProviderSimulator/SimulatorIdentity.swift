/// As whom a session's callbacks speak.
struct SimulatorIdentity: Sendable {
  let account: String
  var token: String
  /// A token that says it is of another brand.
  let foreignToken: String
  let currency: String
  /// Not the brand's.
  let otherCurrency: String
  /// Makes the ids of this session its own.
  let prefix: String

  func token(for note: SimulatorNote) -> String { note.hasForeignToken ? foreignToken : token }

  func currency(for note: SimulatorNote) -> String { note.hasOtherCurrency ? otherCurrency : currency }
}
