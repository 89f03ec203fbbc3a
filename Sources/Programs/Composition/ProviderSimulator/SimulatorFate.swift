/// What becomes of a callback on its way.
enum SimulatorFate: String, CaseIterable, Hashable, Sendable {
  case answered
  /// Sent again although it was answered.
  case duplicated
  /// Sent twice at the same moment.
  case twins
  /// Answered, but the answer never came back; it is sent again later.
  case replyLost = "reply_lost"
  /// The provider lost patience and hung up; then it sends it again.
  case cut
  /// The connection broke in the middle of the request; then it is sent again.
  case truncated
  /// Not signed by the provider.
  case forged
}
