/// When a callback must have its answer: providers give up after three seconds, and then count the callback as failed.
struct CallbackDeadline: Sendable {
  static let duration: Duration = .milliseconds(2700)

  private let end: ContinuousClock.Instant

  init(after duration: Duration = CallbackDeadline.duration) { end = .now + duration }

  /// What is left of it; a moment, where nothing is, so that whoever is asked fails at once.
  var remaining: Duration { max(end - .now, .milliseconds(1)) }
}
