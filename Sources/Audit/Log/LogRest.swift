internal import Kernel

/// A log that was read and signed to its end. Pure.
struct LogRest: Sendable {
  /// How long it may rest before all that can be looked at is looked at again.
  private static let microsecondsMax: Int64 = 10_000_000

  let size: Int64
  private let since: Timestamp

  /// Nil unless nothing was left to sign.
  init?(_ progress: LogPublisher.Progress, since: Timestamp) {
    guard progress.isAtEnd else { return nil }
    size = progress.size
    self.since = since
  }

  /// A clock that was set back ends it, too.
  func lasts(at moment: Timestamp) -> Bool { (0..<Self.microsecondsMax).contains(moment.microseconds &- since.microseconds) }
}
