@testable import Wallet

/// The clients of one brand: they choose commands by seed, remember what they were told, and send again what nobody answered.
struct SimulatedClients: Sendable {
  struct Known: Hashable, Sendable {
    let player: Int64
    let id: String
  }

  static let players: ClosedRange<Int64> = 1...4
  /// A player of nobody, and one of another brand.
  static let absentPlayer: Int64 = 99
  static let foreignPlayer: Int64 = 77
  static let foreignKeys: Set = ["another-brands-1", "another-brands-2"]

  var random: SeededGenerator
  private let prefix: String
  private var count = 0
  private(set) var unanswered: [ModelCommand] = []
  private(set) var answered: [ModelCommand] = []
  /// Transactions by the name of the command that began them.
  private var told: [WalletCommandName: [Known]] = [:]
  /// What a client sends right after the command before.
  private var following: (player: Int64, action: WalletAction)?

  /// - Parameter prefix: of keys and references, so that several histories fit in one brand's tables.
  init(random: SeededGenerator, prefix: String = "") {
    self.random = random
    self.prefix = prefix
  }

  // MARK: What they are told

  mutating func hear(_ command: ModelCommand, _ verdict: ModelVerdict, began id: String?) {
    unanswered.removeAll { $0 == command }
    answered.append(command)
    guard case .accepted(201, _) = verdict.answer, !verdict.isReplay || !isKnown(id), let id else { return }
    told[command.action.name, default: []].append(Known(player: command.player, id: id))
  }

  mutating func hearNothing(_ command: ModelCommand) {
    if !unanswered.contains(command) { unanswered.append(command) }
  }

  private func isKnown(_ id: String?) -> Bool { told.values.contains { $0.contains { $0.id == id } } }

  // MARK: What they send

  mutating func send(_ size: Int, events: inout SimulationCoverage) -> [ModelCommand] {
    var commands: [ModelCommand] = []
    while commands.count < size {
      switch roll(100) {
      case ..<12 where !unanswered.isEmpty: commands.append(unanswered[roll(unanswered.count)])
      case 12..<18 where !answered.isEmpty: commands.append(answered[answered.count - 1 - roll(min(answered.count, 40))])
      case 18..<21 where !answered.isEmpty: commands.append(misuse(answered[roll(answered.count)]))
      case 21..<26 where !commands.isEmpty:
        commands.append(commands[roll(commands.count)])
        events.note(.twinInBatch)
      default: commands.append(new())
      }
    }
    if size > 1, roll(100) < 12 {
      commands.shuffle(using: &random)
      events.note(.reordered)
    }
    return commands
  }

  mutating func roll(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }

  private mutating func misuse(_ command: ModelCommand) -> ModelCommand {
    switch roll(4) {
    case 0: changed(command, player: command.player == 1 ? 2 : 1)
    case 1: changed(command, reason: (command.reason ?? "") + "x")
    case 2: changed(command, action: action(of: command.player))
    default:
      ModelCommand(
        key: command.key, player: command.player, action: command.action, currency: command.currency == nil ? "EUR" : nil,
        reason: command.reason)
    }
  }

  private func changed(_ command: ModelCommand, player: Int64? = nil, action: WalletAction? = nil, reason: String? = nil) -> ModelCommand {
    ModelCommand(
      key: command.key, player: player ?? command.player, action: action ?? command.action, currency: command.currency,
      reason: reason ?? command.reason)
  }

  private mutating func new() -> ModelCommand {
    count += 1
    var key = "\(prefix)k\(count)"
    if roll(150) == 0 { key = roll(2) == 0 ? "another-brands-1" : "another-brands-2" }
    var chosen = choose()
    switch roll(150) {
    case 0: chosen.player = Self.absentPlayer
    case 1: chosen.player = Self.foreignPlayer
    default: break
    }
    let currency = chosen.action.hasAmount && roll(8) > 0 ? (roll(60) == 0 ? "USD" : "EUR") : nil
    return ModelCommand(
      key: key, player: chosen.player, action: chosen.action, currency: currency, reason: roll(10) == 0 ? "because" : nil)
  }

  private mutating func choose() -> (player: Int64, action: WalletAction) {
    let player = anyPlayer()
    let chosen = following ?? (roll(3) == 0 ? targeted(player) : (player, action(of: player)))
    following = nil
    follow(chosen)
    return chosen
  }

  private mutating func anyPlayer() -> Int64 { Int64.random(in: Self.players, using: &random) }

  /// A command that goes on with what another began, soon enough to meet it in one batch.
  private mutating func follow(_ chosen: (player: Int64, action: WalletAction)) {
    guard roll(5) < 2 else { return }
    let player = chosen.player
    switch chosen.action {
    case .authorize(let amount, let provider, let reference, _):
      let won = roll(4) == 0 ? 0 : max(0, amount) % 100_000 * 2
      following = (player, .settle(amount: won, provider: provider, reference: reference))
    case .settle(let amount, let provider, let reference):
      switch roll(4) {
      case 0: following = (player, .settle(amount: amount, provider: provider, reference: reference))
      case 1: following = (player, .withdrawRequest(amount: amount))
      default: following = (player, .rollback(provider: provider, reference: reference))
      }
    case .bonusGrant(let amount, _) where (1...5_000).contains(amount):
      // More than the bonus: the bet takes from the bucket behind it too.
      let bet = bet(player)
      following = (
        player, .authorize(amount: amount + 1 + Int64(roll(50)), provider: bet.provider, reference: bet.reference, round: nil)
      )
    case .withdrawApprove(let id): following = (player, roll(2) == 0 ? .withdrawPay(transaction: id) : .withdrawDecline(transaction: id))
    case .rollback(let provider, let reference):
      following = (player, .authorize(amount: 20, provider: provider, reference: reference, round: nil))
    default: break
    }
  }

  // MARK: Commands about something earlier

  private mutating func targeted(_ player: Int64) -> (player: Int64, action: WalletAction) {
    switch roll(10) {
    case 0: about(.depositRequest, player) { .depositApprove(transaction: $0) }
    case 1: about(.depositRequest, player) { .depositDecline(transaction: $0) }
    case 2, 3: about(.withdrawRequest, player) { .withdrawApprove(transaction: $0) }
    case 4: about(.withdrawRequest, player) { .withdrawDecline(transaction: $0) }
    case 5: about(.withdrawRequest, player) { .withdrawPay(transaction: $0) }
    case 6: about(.bonusGrant, player) { .bonusForfeit(transaction: $0) }
    case 7: about(.bonusGrant, player) { .rollingComplete(transaction: $0) }
    case 8: about(.bonusGrant, player) { .bonusConvert(transaction: $0) }
    default: about(.deposit, player) { .depositApprove(transaction: $0) }
    }
  }

  private mutating func about(
    _ name: WalletCommandName, _ player: Int64, _ action: (String) -> WalletAction
  ) -> (player: Int64, action: WalletAction) {
    // Now and then the wrong kind of transaction, the wrong player, or one that nobody knows.
    var name = name
    if roll(20) == 0 { name = [.deposit, .withdrawRequest, .authorize, .bonusGrant][roll(4)] }
    guard let list = told[name], !list.isEmpty, roll(40) > 0 else {
      return (player, action("0190a000-0000-7000-8000-00000000dead"))
    }
    let known = list[list.count - 1 - roll(min(list.count, 5))]
    return (roll(12) == 0 ? player : known.player, action(known.id))
  }

  // MARK: Commands that begin something

  private mutating func action(of player: Int64) -> WalletAction {
    switch roll(100) {
    case ..<16: return .deposit(amount: amount(5_000))
    case ..<21: return .depositRequest(amount: amount(900))
    case ..<29: return .withdrawRequest(amount: amount(900))
    case ..<46:
      let bet = bet(player)
      return .authorize(amount: amount(700), provider: bet.provider, reference: bet.reference, round: roll(4) == 0 ? "round" : nil)
    case ..<59:
      let bet = bet(player)
      return .settle(amount: roll(4) == 0 ? 0 : amount(900), provider: bet.provider, reference: bet.reference)
    case ..<68:
      let bet = bet(player)
      return .rollback(provider: bet.provider, reference: bet.reference)
    case ..<73: return .adjust(amount: roll(2) == 0 ? amount(300) : -amount(300), bucket: bucket())
    case ..<80: return .bonusGrant(amount: amount(500), requirement: roll(20) == 0 ? -1 : Int64(roll(5_000)))
    case ..<83: return .rebate(amount: amount(350))
    case ..<86: return .cashback(amount: amount(350))
    case ..<89: return .lossback(amount: amount(350))
    default:
      let pair = roll(2) == 0 ? (bucket(), bucket()) : Self.usualPairs[roll(Self.usualPairs.count)]
      return .transfer(amount: amount(450), from: pair.0, to: pair.1)
    }
  }

  private mutating func amount(_ usual: Int64) -> Int64 {
    switch roll(60) {
    case 0: 0
    case 1: -7
    case 2: 1_000_000_000_000_000
    case 3: 1_000_000_000_000_001
    case 4: .min + 1
    case 5: 9
    case 6: 5_001
    default: Int64.random(in: 1...usual, using: &random)
    }
  }

  /// A few names at a time, so that bets, wins and rollbacks meet; new ones as the history goes on. Mostly each with one provider.
  private mutating func bet(_ player: Int64) -> ModelBetName {
    let owner = roll(20) == 0 ? anyPlayer() : player
    let number = count / 60 + roll(3)
    let isStrict = (number % 2 == 0) == (roll(16) > 0)
    return ModelBetName(provider: isStrict ? "strict" : "mg", reference: "\(prefix)p\(owner)-\(number)")
  }

  private mutating func bucket() -> Bucket { Self.buckets[roll(Self.buckets.count)] }

  private static let buckets = ["cash", "bonus", "cash", "bonus", "own", "gift", "main", "promo", "nowhere"].compactMap { Bucket($0) }
  private static let usualPairs = [("cash", "bonus"), ("bonus", "cash"), ("cash", "gift"), ("main", "promo"), ("own", "cash")]
    .compactMap { from, to in Bucket(from).flatMap { from in Bucket(to).map { (from, $0) } } }
}

extension WalletAction {
  fileprivate var hasAmount: Bool {
    switch self {
    case .deposit, .depositRequest, .withdrawRequest, .authorize, .settle, .adjust, .bonusGrant, .rebate, .cashback, .lossback, .transfer:
      true
    case .depositApprove, .depositDecline, .withdrawApprove, .withdrawDecline, .withdrawPay, .rollback, .bonusConvert, .bonusForfeit,
      .rollingComplete:
      false
    }
  }
}
