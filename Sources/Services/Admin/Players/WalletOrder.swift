internal import Audit
internal import Kernel
internal import Platform

/// A command that an operator gives to the wallet of a player.
struct WalletOrder: Sendable {
  let action: AuditAction
  /// The wallet's name of the command: the last part of `/internal/wallet/…`.
  let command: String
  let player: PlayerID
  /// The wallet's body, as it is sent and as the audit keeps it.
  let body: JSONValue
  let reason: String

  var path: String { "/internal/wallet/\(command)" }
}
