internal import Evidence

/// The keys of a history as people who verify keep them.
enum TrustLine {
  /// One line for each key, first to last.
  static func text(of history: KeyHistory) throws -> String {
    guard let name = history.operatorName.keysName else { throw CommandFailure(.usage, "the operator's name is too long") }
    return history.records.compactMap { VerifierKey(name: name, kind: .ed25519, publicKey: $0.publicKey)?.description }
      .joined(separator: "\n")
  }
}
