internal import Kernel
internal import Synchronization

/// Accounts that were found, for as long as there is room.
final class AccountMemory: Sendable {
  private static let countMax = 50_000

  private struct Key: Hashable {
    let brand: BrandID
    let text: String
  }

  private let kept = Mutex<[Key: (player: PlayerID, account: String)]>([:])

  func player(_ text: String, of brand: BrandID) -> (player: PlayerID, account: String)? {
    kept.withLock { $0[Key(brand: brand, text: text)] }
  }

  func keep(_ player: ResolvedAccount, as text: String) {
    kept.withLock { kept in
      // Which ones are in use nobody knows; those that are come back with their next callback.
      if kept.count >= Self.countMax { kept.removeAll() }
      kept[Key(brand: player.brand.id, text: text)] = (player.player, player.account)
    }
  }
}
