internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging
internal import Platform

/// Log-in, refresh and log-out over HTTP.
struct SessionRoutes: Sendable {
  let login: PlayerLogin
  let sessions: PlayerSessions

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/v1/sessions", id: "logIn", summary: "Logs a player in", access: .visitor, body: CredentialsBody.self,
        reply: .json(TokenPairBody.self), refusals: [.invalidCredentials, .playerSuspended, .rateLimited, .overloaded, .unavailable],
        handle: logIn),
      Endpoint(
        .post, "/v1/sessions/refresh", id: "refreshSession", summary: "Trades a refresh token for a new pair of tokens", access: .visitor,
        body: RefreshBody.self, reply: .json(TokenPairBody.self),
        refusals: [
          .invalidToken, .tokenExpired, .unknownKeyID, .jwtDomainMismatch, .sessionMissing, .refreshReused, .playerSuspended, .unavailable,
        ], handle: refresh),
      Endpoint(
        .delete, "/v1/sessions/current", id: "logOut", summary: "Ends the session of the access token", access: .player, reply: .noContent,
        refusals: [.unavailable], handle: logOut),
    ]
  }

  @Sendable private func logIn(_ request: EndpointRequest, _ body: CredentialsBody) async throws -> Reply {
    let origin = PlayerLogin.Origin(
      brand: try request.brand(), clientAddress: request.header(HeaderNames.clientAddress), requestID: request.requestID)
    let pair = try await login.logIn(body, from: origin)
    request.logger.info("player logged in", metadata: ["player_id": "\(pair.playerID)", "session_id": "\(pair.sessionID)"])
    return try unstored(pair)
  }

  @Sendable private func refresh(_ request: EndpointRequest, _ body: RefreshBody) async throws -> Reply {
    try unstored(try await sessions.refresh(body.refreshToken, brand: request.brand()))
  }

  @Sendable private func logOut(_ request: EndpointRequest) async throws -> Reply {
    let (brand, player) = (try request.brand(), try request.player())
    // A session that isn't ours in form can't be one of ours that lives.
    guard let session = request.identity.session.flatMap({ UUIDv7(text: $0) }) else { return .noContent }
    try await sessions.end(session, player: player, brand: brand)
    return .noContent
  }

  /// RFC 6749 section 5.1: no cache keeps tokens.
  private func unstored(_ pair: TokenPairBody) throws -> Reply {
    try .json(pair).with("cache-control", "no-store")
  }
}
