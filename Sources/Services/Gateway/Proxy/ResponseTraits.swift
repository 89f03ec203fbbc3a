/// What the exchange needs to know of an upstream's response head.
struct ResponseTraits: Hashable {
  /// The upstream's connection can carry another request after this response.
  var keepAlive: Bool
  /// The body ends when the upstream closes.
  var endsWithClose: Bool
  /// The client's protocol leaves the end of the connection as the only way to mark the end of this body.
  var closesClient: Bool
}
