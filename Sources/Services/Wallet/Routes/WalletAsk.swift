internal import Kernel

/// What a body asks of the wallet, before it is tied to the brand and caller of its request.
package struct WalletAsk: Sendable {
  let player: Int64
  let action: WalletAction
  let currency: String?
  let reason: String?

  init(_ player: Int64, _ action: WalletAction, _ currency: String? = nil, reason: String? = nil) {
    self.player = player
    self.action = action
    self.currency = currency
    self.reason = reason
  }
}
