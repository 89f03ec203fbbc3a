internal import Evidence

/// One thing that is wrong, by name. Kind and subject are its identity: what is found again is the same finding.
package struct WalletFinding: Hashable, Sendable {
  package struct Identity: Hashable, Sendable {
    let kind: WalletFindingKind
    let subject: String
  }

  package let kind: WalletFindingKind
  /// The exact entry, command or bucket.
  package let subject: String
  /// What is there and what should be.
  package let detail: String
  /// What to look at again in order to know whether it is still so.
  let place: WalletFindingPlace
  /// For ``WalletFindingKind/historyRewritten``.
  let expected: LedgerHash?

  init(_ kind: WalletFindingKind, _ subject: String, _ detail: String, at place: WalletFindingPlace, expected: LedgerHash? = nil) {
    self.kind = kind
    self.subject = subject
    self.detail = detail
    self.place = place
    self.expected = expected
  }

  var identity: Identity { Identity(kind: kind, subject: subject) }

  static func entry(_ kind: WalletFindingKind, _ seq: Int64, _ detail: String, expected: LedgerHash? = nil) -> WalletFinding {
    WalletFinding(kind, "entry \(seq)", detail, at: .entry(seq), expected: expected)
  }

  static func unbalanced(request: String, currency: String, total: String, from seq: Int64) -> WalletFinding {
    WalletFinding(
      .unbalanced, "request \(request) \(currency)", "its entries, from entry \(seq) on, sum to \(total), not to 0", at: .request(request))
  }

  static func difference(_ bucket: LedgerBucket, stored: String, ledger: String) -> WalletFinding {
    WalletFinding(
      .bucketDifference, "player \(bucket.player) bucket \(bucket.name) \(bucket.currency)",
      "the bucket holds \(stored), the ledger says \(ledger)", at: .player(bucket.player))
  }

  static func head(_ detail: String) -> WalletFinding { WalletFinding(.headMismatch, "the chain's head", detail, at: .head) }
}
