internal import Evidence
internal import Kernel

/// What the database said about a batch, under the lock on the brand's chain.
struct WalletBatchReading: Sendable {
  /// An answer that an idempotency key got before.
  struct Stored: Sendable {
    let fingerprint: [UInt8]
    let answer: WalletAnswer
  }

  /// A transaction and whose it is.
  struct Held: Sendable {
    var transaction: WalletTransaction
    let player: PlayerID
  }

  var head: LedgerHead
  var stored: [String: Stored] = [:]
  /// Brands that know one of the keys, where this one doesn't.
  var splits: [String: Int64] = [:]
  /// Players that aren't listed don't exist.
  var players: [PlayerID: WalletSnapshot.PlayerStanding] = [:]
  var balances: [PlayerID: [Bucket: Int64]] = [:]
  var transactions: [String: Held] = [:]
  /// Transaction ids of bets.
  var bets: [WalletBetName: String] = [:]
  var tombstones: Set<WalletBetName> = []
  var topology: WalletTopology?
  var policy: WalletPolicy?
  /// Answers to ``questions(of:)``.
  var foreign: [WalletQuestion: Int64] = [:]

  /// What isn't here although a new command addresses it.
  func questions(of requests: [WalletRequest]) -> [WalletQuestion] {
    var questions: [WalletQuestion] = []
    for request in requests where stored[request.key] == nil {
      if players[request.player] == nil { questions.append(WalletQuestion(kind: "player", key: request.player.description)) }
      if case .transaction(let id) = request.action.target, transactions[id] == nil {
        questions.append(WalletQuestion(kind: "wallet_transaction", key: id))
      }
    }
    return questions
  }
}
