/// Why a witness doesn't cosign a brand's log.
struct LogWitnessFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The `reason` label.
  enum Reason: String, CaseIterable, Sendable {
    /// No answer, or one of a server that is ill.
    case unreachable
    /// It knows neither the log nor its key.
    case unknown
    /// It saw another history.
    case inconsistent
    /// It knows less than what it cosigned.
    case stateLost = "state_lost"
    /// It answers in a way that the protocol doesn't have.
    case unusable
  }

  let reason: Reason
  let detail: String

  init(_ reason: Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }

  var description: String { "\(reason.rawValue): \(detail)" }
}
