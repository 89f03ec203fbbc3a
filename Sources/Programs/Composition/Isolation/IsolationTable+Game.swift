internal import Kernel
internal import Platform

/// The game role: providers' callbacks, and what roles and the gateway ask.
extension IsolationTable {
  static var game: [IsolationRow] {
    SimulatedProvider.allCases.flatMap(callbacks) + [
      IsolationRow(
        role: .gameService, operation: "launchGame", actor: .gateway,
        subject: .asks(IsolationAsk(path: ["provider": aProvider, "game": aGame], headers: forwarded))),
      IsolationRow(
        role: .gameService, operation: "launchGameForPlayer", actor: .role,
        subject: .asks(IsolationAsk(body: ["player_id": .thing(.player), "provider": "mg", "game": "audit"]))),
      .namesNothing(.gameService, "listGameProviders", .role, "the brand of the call, and nothing else"),
      IsolationRow(
        role: .gameService, operation: "switchGameProvider", actor: .role,
        subject: .asks(
          IsolationAsk(
            path: ["provider": aProvider],
            body: [
              "enabled": true, "maintenance": false, "reason": "isolation audit",
              "operator_id": .shared("ops:isolation", "who acts, for the audit; no account is looked up"),
            ]))),
      .platformWide(.gameService, "reverseParseAccount", .role, "tells roles which brand an account is of; that is its purpose"),
      .platformWide(.gameService, "replayDeadLetter", .role, "dead letters are operators' of the whole platform"),
    ]
  }

  private static let aProvider = IsolationValue.shared("mg", "the providers are the platform's")
  private static let aGame = IsolationValue.shared("audit", "the games are the provider's")

  /// The account in a callback says which brand it is about; what else it names is probed.
  private static func callbacks(_ provider: SimulatedProvider) -> [IsolationRow] {
    let account = IsolationNode.own(.gameAccount(provider))
    let (token, bet, round) = (IsolationThing.gameToken(provider), IsolationThing.gameBet(provider), IsolationThing.gameRound(provider))
    let asked: [(String, IsolationNode)] = [
      ("Win", ["account": account, "reference": .thing(bet), "transaction": .own(.newKey), "round": .own(round)]),
      ("Rollback", ["account": account, "reference": .thing(bet), "transaction": .own(.newKey)]),
      ("EndRound", ["account": account, "round": .thing(round), "transaction": .own(.newKey)]),
    ]
    // After the others: the asking brand then has a bet of the same name.
    let bets: [(String, IsolationNode)] = [
      ("Bet", ["account": account, "token": .thing(token), "transaction": .thing(.secondGameBet(provider)), "round": .own(.newKey)]),
      ("PromoWin", ["account": account, "transaction": .thing(.thirdGameBet(provider))]),
    ]
    let batch: [(String, IsolationNode)] = [("Batch", ["account": account, "reference": .thing(bet), "transaction": .own(.newKey)])]
    let authenticate: [(String, IsolationNode)] = [("Authenticate", ["account": account, "token": .thing(token)])]
    let own: [IsolationRow] = [
      .namesNothing(.gameService, "\(provider.rawValue)Balance", .provider(provider), "an account, which says its own brand")
    ]
    // Of bti the token alone says who plays, so that another brand's token is that brand's own question.
    let alone = [
      IsolationRow.namesNothing(.gameService, "btiAuthenticate", .provider(.bti), "a token, which says its own brand")
    ]
    let all = asked + (provider.hasBatches ? batch : []) + (provider == .bti ? [] : authenticate) + bets
    return own + (provider == .bti ? alone : [])
      + all.map { name, body in
        IsolationRow(
          role: .gameService, operation: provider.rawValue + name, actor: .provider(provider),
          subject: .asks(IsolationAsk(body: body, silent: name == "EndRound" || (provider == .wc && name == "Win"))))
      }
  }
}
