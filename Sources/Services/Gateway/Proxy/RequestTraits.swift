/// What the exchange needs to know of a request head; the bytes stay with the connection.
struct RequestTraits: Hashable {
  var hasBody: Bool
  /// The announced length, when there is one.
  var contentLength: Int64?
  var keepAlive: Bool
  var expectsContinue: Bool
  /// GET or HEAD without a body: may be sent again when an old connection turns out to be dead (RFC 9110 section 9.2.2).
  var isReplayable: Bool
}
