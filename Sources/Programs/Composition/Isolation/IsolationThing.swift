/// A kind of thing that each brand has its own of, and by which a request can name it. The audit makes one of each in both brands.
struct IsolationThing: Hashable, Sendable {
  let name: String
  /// Naming it in the right way uses it up, so that it is named by its own brand only once.
  let isSpent: Bool
  /// Each brand counts its own from 1, so that one number may be a thing of both.
  let isCounted: Bool

  /// A bet: in a place that isn't probed stands a new one.
  var isMadeAnew: Bool { name.hasSuffix("_second_bet") || name.hasSuffix("_third_bet") || name == "second_bet_reference" }

  private init(_ name: String, spent: Bool = false, counted: Bool = false) {
    self.name = name
    isSpent = spent
    isCounted = counted
  }

  // Who asks, and what is not probed.
  static let brand = IsolationThing("brand")
  static let currency = IsolationThing("currency")
  static let bucket = IsolationThing("bucket")
  static let otherBucket = IsolationThing("other_bucket")
  static let password = IsolationThing("password")
  static let newKey = IsolationThing("new_key")
  static let policyDocument = IsolationThing("policy_document")
  static let topologyDocument = IsolationThing("topology_document")

  // Players.
  static let player = IsolationThing("player")
  static let account = IsolationThing("account")
  /// Of a second player, for the second route that takes accounts.
  static let secondAccount = IsolationThing("second_account")
  static let accessToken = IsolationThing("access_token")
  static let session = IsolationThing("session")
  /// A session that may end.
  static let passingToken = IsolationThing("passing_token", spent: true)
  static let passingSession = IsolationThing("passing_session", spent: true)
  static let refreshToken = IsolationThing("refresh_token", spent: true)

  // Money.
  static let deposit = IsolationThing("deposit", spent: true)
  static let withdrawal = IsolationThing("withdrawal", spent: true)
  static let approvedWithdrawal = IsolationThing("approved_withdrawal", spent: true)
  static let bonus = IsolationThing("bonus", spent: true)
  static let transaction = IsolationThing("transaction")
  static let betReference = IsolationThing("bet_reference", spent: true)
  /// Of a bet that no row rolls back.
  static let secondBetReference = IsolationThing("second_bet_reference", spent: true)
  static let entry = IsolationThing("entry", counted: true)
  /// Idempotency keys that were used: by a role, by the player, by the operator.
  static let roleKey = IsolationThing("role_key")
  static let playerKey = IsolationThing("player_key")
  static let operatorKey = IsolationThing("operator_key")
  static let policyVersion = IsolationThing("policy_version", counted: true)
  static let topologyVersion = IsolationThing("topology_version", counted: true)
  /// An event of the wallet.
  static let event = IsolationThing("event")
  static let payment = IsolationThing("payment")

  // The back office.
  static let operatorID = IsolationThing("operator")
  static let agent = IsolationThing("agent")
  static let host = IsolationThing("host")
  static let configKey = IsolationThing("config_key")
  static let auditRow = IsolationThing("audit_row")
  /// The request id of something that was refused in the brand.
  static let refusedRequest = IsolationThing("refused_request")
  /// The list's own cursor, which the list itself gives to its brand.
  static let cursor = IsolationThing("cursor")

  // Games, of one provider each.
  static func gameAccount(_ provider: SimulatedProvider) -> IsolationThing { IsolationThing("\(provider.rawValue)_account") }
  static func gameToken(_ provider: SimulatedProvider) -> IsolationThing { IsolationThing("\(provider.rawValue)_token") }
  static func gameBet(_ provider: SimulatedProvider) -> IsolationThing { IsolationThing("\(provider.rawValue)_bet", spent: true) }
  /// Bets that no row rolls back.
  static func secondGameBet(_ provider: SimulatedProvider) -> IsolationThing {
    IsolationThing("\(provider.rawValue)_second_bet", spent: true)
  }
  static func thirdGameBet(_ provider: SimulatedProvider) -> IsolationThing {
    IsolationThing("\(provider.rawValue)_third_bet", spent: true)
  }
  static func gameRound(_ provider: SimulatedProvider) -> IsolationThing { IsolationThing("\(provider.rawValue)_round") }
}
