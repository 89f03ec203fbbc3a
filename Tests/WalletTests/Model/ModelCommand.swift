@testable import Wallet

/// A command as a client sends it. Two of them under one key are the same request when they are equal.
struct ModelCommand: Hashable, Sendable {
  let key: String
  let player: Int64
  let action: WalletAction
  let currency: String?
  let reason: String?
}
