internal import Kernel

/// Judges a receipt that brings its entry along, with what ``Trust`` brings and nothing else.
package struct ReceiptVerifier {
  private let trust: Trust

  package init(trust: Trust) { self.trust = trust }

  package func verify(_ bytes: [UInt8]) -> VerificationReport {
    var report = VerificationReport()
    do throws(Finding) {
      try judge(bytes, &report)
    } catch {
      report.stop(at: error)
    }
    return report
  }

  private func judge(_ bytes: [UInt8], _ report: inout VerificationReport) throws(Finding) {
    guard let receipt = try? Receipt(bytes: bytes), let entry = receipt.extra else { throw Finding(.malformed, byte: 0) }
    let checkpoint = receipt.checkpoint.checkpoint
    guard let identity = LogIdentity(origin: checkpoint.origin) else { throw Finding(.wrongLog) }
    let ledger = identity.ledger
    let time = try signed(receipt.checkpoint, identity, &report)
    guard receipt.holds(for: entry) else { throw Finding.entry(.wrongProof, ledger, at: receipt.index) }
    let layout = LedgerLayout.of(ledger)
    guard let values = try? layout.values(from: entry) else { throw Finding.entry(.notAnEntry, ledger, at: receipt.index) }
    guard layout.isOf(identity.scope, values) else { throw Finding.entry(.wrongBrand, ledger, at: receipt.index) }
    guard layout.isNumbered(receipt.index + 1, values) else { throw Finding.entry(.wrongNumber, ledger, at: receipt.index) }
    report.add(VerifiedReceipt(identity: identity, number: receipt.index + 1, checkpoint: checkpoint, time: time, values: values))
    if let now = trust.time, now.seconds - time.seconds > trust.ageSecondsMax { report.add(Finding(.stale, ledger: ledger)) }
    judgeSplitView(receipt, ledger, &report)
  }

  /// When a trusted key signed the checkpoint.
  private func signed(
    _ checkpoint: SignedCheckpoint, _ identity: LogIdentity, _ report: inout VerificationReport
  ) throws(Finding) -> Timestamp {
    guard let history = trust.history(of: identity.operatorName) else {
      let keys = trust.keys.filter { $0.kind == .ed25519 && $0.name == identity.operatorName.keysName }
      guard let key = keys.first(where: { checkpoint.names($0.publicKey) }) else { throw Finding(.untrusted, ledger: identity.ledger) }
      report.leaveOpen(.keyValidity, because: "no key history was given, so that nothing says when this key was the signing key")
      return try time(of: checkpoint, signedBy: key.publicKey, identity.ledger)
    }
    guard let key = history.signer(of: checkpoint) else { throw Finding(.unknownSigner, ledger: identity.ledger) }
    let time = try time(of: checkpoint, signedBy: key.publicKey, identity.ledger)
    if !history.isValid(key, at: time) { report.add(Finding(.outsideKeyTime, ledger: identity.ledger)) }
    return time
  }

  private func time(of checkpoint: SignedCheckpoint, signedBy key: [UInt8], _ ledger: Ledger) throws(Finding) -> Timestamp {
    guard let time = try? checkpoint.time(signedBy: key) else { throw Finding(.badSignature, ledger: ledger) }
    return time
  }

  private func judgeSplitView(_ receipt: Receipt, _ ledger: Ledger, _ report: inout VerificationReport) {
    let checkpoint = receipt.checkpoint.checkpoint
    let same = trust.seen.map(\.checkpoint).filter { $0.origin == checkpoint.origin && $0.size == checkpoint.size }
    if same.contains(where: { $0.root != checkpoint.root }) {
      report.add(Finding(.contradictsSeen, ledger: ledger, entries: 1...checkpoint.size))
    }
    let policy = trust.policy
    do throws(NoteFault) {
      if let policy, try !policy.isSatisfied(by: receipt.checkpoint.note) { report.add(Finding(.noQuorum, ledger: ledger)) }
    } catch {
      report.add(Finding(.badCosignature, ledger: ledger))
    }
    guard policy?.isWithoutQuorum ?? true, same.isEmpty else { return }
    report.leaveOpen(.splitView, because: "no witness's policy and no checkpoint from elsewhere was given")
  }
}
