internal import Platform

/// A wallet command as other roles can give it: by a route of its own, or beside others in a batch.
struct WalletCommandEntry: Sendable {
  /// The command's stable name.
  let name: String
  let endpoint: Endpoint
  /// What a body of the route asks; throws the `Problem` with which the route refuses it.
  let ask: @Sendable (JSONValue) throws -> WalletAsk
}
