import Kernel
import Synchronization

/// Clients on a stack, and the record of what they were told.
struct TortureRun: Sendable {
  let stack: RunningStack
  let settings: TortureSettings
  let paths: TorturePaths
  let log = TortureLog()
  private let stopped = TortureStop()

  /// So many of each brand: few, so that clients meet on the same rows.
  private static let playersOfBrand = 4

  /// - Parameter wallets: where internal commands are sent in turns; nil for the stack's own wallet.
  init(stack: RunningStack, settings: TortureSettings, wallets: [String]? = nil) {
    self.stack = stack
    self.settings = settings
    paths = TorturePaths(wallets: wallets ?? [stack.url(.walletService)])
  }

  var accounts: [(account: String, brand: StackBrand)] {
    stack.brands.flatMap { brand in (0..<Self.playersOfBrand).map { ("torture_\($0)", brand) } }
  }

  func players() async throws -> [StackPlayer] {
    var players: [StackPlayer] = []
    for (account, brand) in accounts { players.append(try await stack.player(account, on: brand)) }
    return players
  }

  /// No new commands from now on.
  func stop() { stopped.isOver = true }

  /// Nothing is asked again from now on.
  func giveUp() {
    stopped.isOver = true
    stopped.givesUp = true
  }

  var isOver: Bool { stopped.isOver }

  /// Plays until ``stop()`` and until every command is answered, or ``giveUp()``.
  func play(clients: Int, players: [StackPlayer]) async {
    await withDiscardingTaskGroup { group in
      for number in 0..<clients {
        let client = TortureClient(
          number: number, run: "t\(settings.seed)", stack: stack, players: players, paths: paths, log: log,
          isOver: { [stopped] in stopped.isOver },
          givesUp: { [stopped] in stopped.givesUp })
        group.addTask { await client.play(seed: settings.seed) }
      }
    }
  }
}
