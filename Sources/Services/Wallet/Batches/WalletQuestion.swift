/// Something that this brand doesn't have, and that another may: which one is asked of `cordon.row_brands`.
struct WalletQuestion: Hashable, Sendable {
  /// `player` or `wallet_transaction`.
  let kind: String
  let key: String
}
