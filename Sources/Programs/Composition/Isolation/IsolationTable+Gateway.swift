internal import Contracts
internal import Kernel
internal import Platform

/// The public routes, as strangers and players reach them.
extension IsolationTable {
  static var gateway: [IsolationRow] {
    [
      visitor("getBrand"),
      visitor("getPaymentChannels"),
      visitor("postSessions", body: ["account": .thing(.account), "password": .own(.password)]),
      visitor("postSessionsRefresh", body: ["refresh_token": .thing(.refreshToken)], alarms: IsolationTable.foreignToken),
      // After the log-ins: the name is then taken here too.
      visitor("postPlayers", body: ["account": .thing(.account), "password": .own(.password)]),
      player("getPlayersMe"),
      player("getWalletBalances"),
      player("getWalletTransactions", query: ["cursor": .filter(.cursor)]),
      player("getWalletReceipts", query: ["idempotency_key": .thing(.playerKey)]),
      player("postWalletDeposits", key: .playerKey, body: ["amount": 100, "currency": .own(.currency)]),
      player("postWalletWithdrawals", key: .playerKey, body: ["amount": 100, "currency": .own(.currency)]),
      player("postWalletBets", key: .playerKey, body: ["amount": 100, "currency": .own(.currency)]),
      player(
        "postGamesProviderGameLaunch",
        path: ["provider": .shared("mg", "the providers are the platform's"), "game": .shared("audit", "the games are the provider's")]),
      IsolationRow(
        role: .gateway, operation: "postPaymentsPlisioCallback", actor: .payments,
        // Whatever it is about, a callback that is signed is answered 200: an answer that fails is repeated.
        subject: .asks(IsolationAsk(headers: [HeaderNames.brandID: .ignored(.brand)], body: payment, silent: true))),
      IsolationRow(
        role: .gateway, operation: "deleteSessionsCurrent", actor: .player,
        subject: .asks(
          IsolationAsk(
            headers: ["authorization": .thing(.passingToken), HeaderNames.brandID: .ignored(.brand)], alarms: IsolationTable.foreignToken))),
    ]
  }

  /// What a token of another brand's host is refused with (S0-RES-08). Whoever shows one has it already; it tells nothing new.
  static let foreignToken: [ProblemReason] = [.jwtDomainMismatch, .sessionMissing]

  /// A callback about a deposit; the asker adds the time and signs.
  static let payment: IsolationNode = [
    "txn_id": .thing(.payment), "status": "new", "order_number": .thing(.deposit),
  ]

  private static func visitor(_ operation: String, body: IsolationNode? = nil, alarms: [ProblemReason] = []) -> IsolationRow {
    let headers: [String: IsolationValue] = [HeaderNames.brandID: .ignored(.brand), HeaderNames.playerID: .ignored(.player)]
    return IsolationRow(
      role: .gateway, operation: operation, actor: .visitor, subject: .asks(IsolationAsk(headers: headers, body: body, alarms: alarms)))
  }

  private static func player(
    _ operation: String, path: [String: IsolationValue] = [:], query: [String: IsolationValue] = [:], key: IsolationThing? = nil,
    body: IsolationNode? = nil
  ) -> IsolationRow {
    var headers: [String: IsolationValue] = [
      "authorization": .thing(.accessToken), HeaderNames.brandID: .ignored(.brand), HeaderNames.playerID: .ignored(.player),
    ]
    if let key { headers[HeaderNames.idempotencyKey] = .thing(key) }
    return IsolationRow(
      role: .gateway, operation: operation, actor: .player,
      subject: .asks(IsolationAsk(path: path, query: query, headers: headers, body: body, alarms: foreignToken)))
  }
}
