internal import Contracts
internal import Kernel

/// The player role, as the gateway asks it for a brand.
extension IsolationTable {
  static var player: [IsolationRow] {
    [
      .namesNothing(.playerService, "readBrand", .gateway, "the brand of the call, and nothing else"),
      .namesNothing(.playerService, "listPaymentChannels", .gateway, "the brand of the call, and nothing else"),
      asks("logIn", IsolationAsk(body: ["account": .thing(.secondAccount), "password": .own(.password)])),
      asks("refreshSession", IsolationAsk(body: ["refresh_token": .thing(.refreshToken)], alarms: foreignToken)),
      // After the log-in: the name is then taken here too.
      asks("registerPlayer", IsolationAsk(body: ["account": .thing(.secondAccount), "password": .own(.password)])),
      asks("readOwnPlayer", IsolationAsk(headers: forwarded)),
      asks("logOut", IsolationAsk(headers: forwardedPassing, silent: true)),
    ]
  }

  /// What the gateway says of a player when it passes a request on.
  static let forwarded: [String: IsolationValue] = [
    HeaderNames.playerID: .thing(.player), HeaderNames.sessionID: .own(.session),
  ]

  /// The session isn't the player's that is logged in, so that what goes wrong ends no session that others need.
  private static let forwardedPassing: [String: IsolationValue] = [
    HeaderNames.playerID: .thing(.player), HeaderNames.sessionID: .thing(.passingSession),
  ]

  private static func asks(_ operation: String, _ ask: IsolationAsk) -> IsolationRow {
    IsolationRow(role: .playerService, operation: operation, actor: .gateway, subject: .asks(ask))
  }
}
