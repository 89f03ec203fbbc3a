package import Kernel
package import Logging

/// One wallet command with everything that its execution needs to know of the call that brought it.
package struct WalletRequest: Sendable {
  package let brand: Brand
  /// The idempotency key as it is stored: unique per brand, for ever.
  package let key: String
  package let player: PlayerID
  package let action: WalletAction
  /// The currency that the caller named; it must be the brand's. Nil for commands without an amount.
  package let currency: String?
  package let reason: String?
  /// The public host that a player's request came through; nil for calls of roles (S0-WAL-34).
  package let originHost: String?
  package let caller: CallerLabel
  /// The HTTP request's id, for logs.
  package let requestID: String
  package let traceID: String
  package let logger: Logger
  /// What a second request under the same key must share with this one.
  let fingerprint: [UInt8]

  package init(
    brand: Brand, key: String, player: PlayerID, action: WalletAction, currency: String?, reason: String? = nil, originHost: String? = nil,
    caller: CallerLabel, requestID: String, traceID: String, logger: Logger
  ) {
    self.brand = brand
    self.key = key
    self.player = player
    self.action = action
    self.currency = currency
    self.reason = reason
    self.originHost = originHost
    self.caller = caller
    self.requestID = requestID
    self.traceID = traceID
    self.logger = logger
    self.fingerprint = WalletFingerprint.of(action, player: player, currency: currency, reason: reason)
  }
}
