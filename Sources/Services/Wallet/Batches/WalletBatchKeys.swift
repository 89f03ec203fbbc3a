internal import Kernel

/// Everything that a batch has to look up, each once.
struct WalletBatchKeys: Sendable {
  let brand: Brand
  private(set) var keys: [String] = []
  private(set) var players: [PlayerID] = []
  private(set) var transactions: [UUIDv7] = []
  private(set) var bets: [WalletBetName] = []

  /// - Parameter requests: at least one, all of one brand.
  init(_ requests: [WalletRequest]) {
    brand = requests[0].brand
    var keys: Set<String> = []
    var players: Set<PlayerID> = []
    var transactions: Set<UUIDv7> = []
    var bets: Set<WalletBetName> = []
    for request in requests {
      if keys.insert(request.key).inserted { self.keys.append(request.key) }
      if players.insert(request.player).inserted { self.players.append(request.player) }
      switch request.action.target {
      case .transaction(let text):
        if let id = UUIDv7(text: text), transactions.insert(id).inserted { self.transactions.append(id) }
      case .bet(let provider, let reference):
        let name = WalletBetName(provider: provider, reference: reference)
        if bets.insert(name).inserted { self.bets.append(name) }
      case nil: break
      }
    }
  }
}
