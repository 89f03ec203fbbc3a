package import Evidence
package import Kernel

/// What signs the logs of an operator: the key, and the history that says whose it is.
package struct LogSigner: Sendable {
  package let history: KeyHistory
  private let key: SigningKey

  /// Nil when the key isn't the last of the history.
  package init?(key: SigningKey, history: KeyHistory) {
    guard history.records.last?.publicKey == key.publicKey else { return nil }
    self.key = key
    self.history = history
  }

  package func log(_ ledger: Ledger, of scope: LogScope) -> LogIdentity? {
    LogIdentity(operatorName: history.operatorName, scope: scope, ledger: ledger)
  }

  /// The history with one more key, which this one names (`docs/formats/key-history.md`).
  package func announcing(_ next: SigningKey, from: Timestamp, approval: String) throws(NoteFault) -> KeyHistory {
    guard let last = history.records.last else { throw NoteFault("a key history has a key") }
    return try history.adding(try KeyRecord(next, after: last, signedBy: key, from: from, approval: approval))
  }

  /// Why this key must not sign now; nil where it may.
  func refusal(by stand: SigningStand, at moment: Timestamp) -> LogRefusal? { stand.refusal(of: key.publicKey, at: moment) }

  func sign(_ checkpoint: Checkpoint, at moment: Timestamp) throws(NoteFault) -> SignedCheckpoint {
    try SignedCheckpoint(signing: checkpoint, with: key, at: moment)
  }

  /// Reads a checkpoint that one of the history's keys signed as this log.
  func read(_ note: [UInt8], of log: LogIdentity) throws(LogRefusal) -> SignedCheckpoint {
    do throws(NoteFault) {
      let signed = try SignedCheckpoint(bytes: note)
      guard signed.checkpoint.origin == log.origin else { throw NoteFault("it is of \(signed.checkpoint.origin)") }
      guard let record = history.signer(of: signed) else { throw NoteFault("none of our keys signed it") }
      _ = try signed.time(signedBy: record.publicKey)
      return signed
    } catch {
      throw LogRefusal(.checkpointAltered, "the last checkpoint: \(error)")
    }
  }

  /// Signs a document of another kind, in an envelope.
  package func envelope(of payload: [UInt8], type: String) throws(NoteFault) -> SignedEnvelope {
    try SignedEnvelope(payloadType: type, payload: payload, signedBy: key)
  }

  /// The last section of a bundle.
  package func seal(_ writer: BundleWriter) throws(NoteFault) -> [UInt8] { try writer.seal(with: key) }
}
