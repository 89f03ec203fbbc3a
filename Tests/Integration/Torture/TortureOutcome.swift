/// What a key came to, by the clients' logs; by the ledger only where no client was ever answered.
struct TortureOutcome: Hashable, Sendable {
  struct Key: Hashable, Sendable {
    let brand: Int64
    let key: String
  }

  let intent: TortureIntent
  let reply: TortureReply

  var isTombstone: Bool { reply.body.contains(#""tombstone":true"#) }

  /// What an accepted command must have moved on the player's side, in minor units.
  var effect: Int64 {
    guard reply.isAccepted else { return 0 }
    switch intent.kind {
    case .deposit, .settle, .withdrawDecline: return intent.amount
    case .bet, .withdrawRequest: return -intent.amount
    case .rollback: return isTombstone ? 0 : intent.amount
    case .mismatch, .crossed: return 0
    }
  }

  /// The brand's account on the other side.
  var account: String? {
    switch intent.kind {
    case .deposit: "deposits"
    case .bet(let reference), .settle(let reference), .rollback(let reference):
      "provider:\(reference.split(separator: "/").first.map(String.init) ?? "")"
    case .withdrawRequest, .withdrawDecline: "withdrawals_held"
    case .mismatch, .crossed: nil
    }
  }
}
