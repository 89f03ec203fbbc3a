internal import Crypto
internal import Kernel

/// What makes two requests under one idempotency key the same request: SHA-256 over the command's fields, each with its length before it,
/// so that no two field lists share their bytes. Independent of JSON spelling.
enum WalletFingerprint {
  static func of(_ action: WalletAction, player: PlayerID, currency: String?, reason: String?) -> [UInt8] {
    var bytes = Array("cordon wallet command 1\n".utf8)
    let fields = [action.name.rawValue, player.description, currency ?? "", reason ?? ""] + details(action)
    for field in fields {
      withUnsafeBytes(of: UInt32(field.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: field.utf8)
    }
    return Array(SHA256.hash(data: bytes))
  }

  private static func details(_ action: WalletAction) -> [String] {
    switch action {
    case .deposit(let amount), .depositRequest(let amount), .withdrawRequest(let amount): [String(amount)]
    case .depositApprove(let id), .depositDecline(let id): [id]
    case .withdrawApprove(let id), .withdrawDecline(let id), .withdrawPay(let id): [id]
    case .authorize(let amount, let provider, let reference, let round): [String(amount), provider, reference, round ?? ""]
    case .settle(let amount, let provider, let reference): [String(amount), provider, reference]
    case .rollback(let provider, let reference): [provider, reference]
    case .adjust(let amount, let bucket): [String(amount), bucket.name]
    case .bonusGrant(let amount, let requirement): [String(amount), String(requirement)]
    case .bonusConvert(let id), .bonusForfeit(let id), .rollingComplete(let id): [id]
    case .rebate(let amount), .cashback(let amount), .lossback(let amount): [String(amount)]
    case .transfer(let amount, let source, let destination): [String(amount), source.name, destination.name]
    }
  }
}
