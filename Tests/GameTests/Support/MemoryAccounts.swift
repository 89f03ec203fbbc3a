import Kernel

@testable import Game

/// One brand with one player.
struct MemoryAccounts: AccountResolving {
  let player: ResolvedAccount

  func resolve(_ text: String, provider: String?, _ deadline: CallbackDeadline) async throws -> AccountResolution {
    text == "\(player.brand.code)_\(player.account)" ? .player(player, .namespaced) : .nothing(.namespaced)
  }

  func outboundAccount(of player: ResolvedAccount, at terms: ProviderTerms, _ deadline: CallbackDeadline) async throws -> String {
    "\(player.brand.code)_\(player.account)"
  }
}
