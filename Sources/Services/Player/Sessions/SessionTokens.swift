internal import Contracts
internal import Crypto
internal import Kernel
internal import Security

/// Issues the pair of tokens of a session.
struct SessionTokens: Sendable {
  let signer: TokenSigner
  let lifetimes: SessionLifetimes
  let clock: WallClock

  /// A pair, and the row that belongs to it.
  struct Issued: Sendable {
    let session: NewSession
    let body: TokenPairBody
  }

  func issue(_ player: PlayerID, session: UUIDv7, brand: BrandID) throws -> Issued {
    let now = clock.now()
    let access = try sign(.playerAccess, player, session, brand, now, lifetimes.accessSeconds)
    let refresh = try sign(.playerRefresh, player, session, brand, now, lifetimes.refreshSeconds)
    let row = NewSession(
      id: session, player: player, tokenHash: Self.hash(refresh), now: now, expiresAt: now.advanced(bySeconds: lifetimes.refreshSeconds))
    let body = TokenPairBody(
      accessToken: access, expiresIn: lifetimes.accessSeconds, refreshToken: refresh, refreshExpiresIn: lifetimes.refreshSeconds,
      playerID: player.rawValue, sessionID: session.description)
    return Issued(session: row, body: body)
  }

  static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }

  private func sign(
    _ kind: TokenKind, _ player: PlayerID, _ session: UUIDv7, _ brand: BrandID, _ now: Timestamp, _ seconds: Int64
  ) throws -> String {
    let claims = PlayerClaims(
      brand: brand, player: player, sessionID: session.description, tokenID: UUIDv7.next(clock: clock).description, issuedAt: now.seconds,
      expiresAt: now.seconds + seconds)
    return try signer.sign(claims, kind: kind)
  }
}
