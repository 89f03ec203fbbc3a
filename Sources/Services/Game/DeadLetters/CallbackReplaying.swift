package import Platform

/// What dead letters need of the callback pipeline.
package protocol CallbackReplaying: Sendable {
  /// Looks, and changes nothing.
  /// - Throws: `Problem` where it can't be told.
  func foresee(_ letter: DeadLetter, context: CallContext) async throws -> ReplayEffect

  /// Runs the callback as if it came now, without asking for its signature (C-37). It makes no new dead letter.
  func replay(_ letter: DeadLetter, context: CallContext) async -> CallbackResult
}
