import Synchronization

/// Where clients send internal commands, each attempt to the next of several wallets, and with which tokens players come. Both may change
/// while they play.
final class TorturePaths: Sendable {
  private let wallets: [String]
  private let turn = Atomic<Int>(0)
  private let tokens = Mutex<[Int64: String]>([:])

  init(wallets: [String]) { self.wallets = wallets }

  func nextWallet() -> String { wallets[turn.wrappingAdd(1, ordering: .relaxed).oldValue % wallets.count] }

  func token(of player: StackPlayer) -> String { tokens.withLock { $0[player.id] } ?? player.token }

  /// The player has logged in again.
  func renew(_ player: StackPlayer) { tokens.withLock { $0[player.id] = player.token } }
}
