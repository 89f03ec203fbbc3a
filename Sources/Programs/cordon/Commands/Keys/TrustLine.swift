internal import Evidence

/// The keys of a history as people who verify keep them.
enum TrustLine {
  /// One line for each key, first to last.
  static func text(of history: KeyHistory) throws -> String {
    guard history.operatorName.keysName != nil else { throw CommandFailure(.usage, "the operator's name is too long") }
    return history.verifierKeys.map(\.description).joined(separator: "\n")
  }
}
