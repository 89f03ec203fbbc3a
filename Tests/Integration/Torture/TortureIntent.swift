/// What a client meant to do, written down before it was sent.
struct TortureIntent: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case deposit
    case bet(reference: String)
    case settle(reference: String)
    case rollback(reference: String)
    case withdrawRequest
    case withdrawDecline(request: String)
    /// A key that another command has used in the same brand.
    case mismatch
    /// A player, or a key, of the other brand.
    case crossed
  }

  /// The brand it was sent under.
  let brand: Int64
  /// As the wallet stores it.
  let key: String
  let kind: Kind
  let player: Int64
  let amount: Int64
}

extension TortureIntent {
  /// Sent to be refused.
  var isProbe: Bool { kind == .mismatch || kind == .crossed }
}
