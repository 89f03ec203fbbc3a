internal import Kernel

/// A money callback of a known player, about which something is to be decided.
struct CallbackQuestion: Sendable {
  let terms: ProviderTerms
  let money: MoneyCallback
  let player: ResolvedAccount
  let requestID: String

  var fingerprint: [UInt8] { CallbackFingerprint.of(money, player: player.player) }

  /// What the wallet keeps its answer under.
  var key: String { "game:\(player.brand.code):\(terms.name):\(money.transaction)" }
}
