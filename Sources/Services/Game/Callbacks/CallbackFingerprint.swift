internal import Crypto
internal import Kernel

/// What makes two callbacks with one transaction id the same. Digests stand in the database for ever, so the rule never changes: a change
/// needs a new first line.
enum CallbackFingerprint {
  static func of(_ money: MoneyCallback, player: PlayerID) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: Array("cordon game callback 1\n".utf8))
    let fields = [
      money.operation.rawValue, player.description, String(money.amount), money.currency?.code ?? "", money.reference ?? "",
      money.round ?? "", money.endsRound ? "1" : "0",
    ]
    for field in fields {
      let bytes = Array(field.utf8)
      hash.update(data: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bytes.count >> $0) } + bytes)
    }
    return Array(hash.finalize())
  }
}
