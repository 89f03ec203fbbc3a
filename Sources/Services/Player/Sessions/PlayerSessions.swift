internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres
internal import Security

/// The life of sessions: begun by a log-in, carried on by refreshes, ended by log-out, reuse of a refresh token or an operator.
struct PlayerSessions: Sendable {
  let database: Database
  let store: SessionStore
  let players: PlayerStore
  let marks: SessionMarks
  let tokens: SessionTokens
  let verifier: AccessTokenVerifier
  let metrics: PlayerMetrics
  let clock: WallClock

  /// How a transaction about a refresh ended; a family that has to end is a commit too, so it can't be an error inside.
  private enum Exchange {
    case pair(TokenPairBody)
    case familyEnded
  }

  /// Begins a session, with its log entry. Without Redis nothing is stored and the answer is 503.
  ///
  /// Crash points. Before the commit there is at most a Redis key of a session that nobody has tokens of; it expires. After the commit, before
  /// the answer, there is a session whose tokens nobody has; it expires too, and the player logs in again.
  func begin(_ attempt: LoginAttempt, player: PlayerID, rehash: (old: String, new: String)?, brand: BrandID) async throws -> TokenPairBody {
    let issued = try tokens.issue(player, session: .next(clock: clock), brand: brand)
    let session = issued.session
    try await database.withBrand(brand) { transaction in
      try await store.insert(session, transaction)
      if let rehash { try await players.replaceHash(rehash.old, by: rehash.new, of: player, at: session.now, transaction) }
      try await players.addLogin(attempt, outcome: "success", session: session.id, at: session.now, transaction)
      try await marks.set(session.id, player: player, brand: brand, seconds: tokens.lifetimes.refreshSeconds)
    }
    return issued.body
  }

  /// Trades a refresh token for a new pair. Each token is good for one use; the second use of one ends the session, because one of the two
  /// users is not the player. Of concurrent uses exactly one gets a pair.
  ///
  /// Crash points. Before the commit the old token is still good. After it, before the answer, the client has only the used token: its
  /// retry ends the session and the player logs in again. Answering the retry with another pair would give a thief the same.
  func refresh(_ token: String, brand: BrandID) async throws -> TokenPairBody {
    let verified = try verifiedRefreshToken(token, brand: brand)
    let outcome = try await database.withBrand(brand) { transaction in
      try await exchange(SessionTokens.hash(token), claims: verified.claims, transaction)
    }
    switch outcome {
    case .pair(let body): return body
    case .familyEnded:
      metrics.refreshReused.increment()
      throw Problem(.refreshReused)
    }
  }

  /// Ends the session. Ending one that has ended is fine, so a retry is.
  func end(_ session: UUIDv7, player: PlayerID, brand: BrandID) async throws {
    try await database.withBrand(brand) { transaction in
      let isTheirs = try await store.revoke(session, of: player, because: "logout", at: clock.now(), transaction)
      // The mark of a session that ended before is removed again: this is how a mark that was left behind goes.
      if isTheirs { try await marks.remove([session], brand: brand) }
    }
  }

  private func verifiedRefreshToken(_ token: String, brand: BrandID) throws -> VerifiedPlayerToken {
    do {
      let verified = try verifier.current.verifyPlayer(Array(token.utf8), kind: .playerRefresh, now: clock.now())
      guard verified.brand == brand else { throw TokenRefusal.brandInvalid }
      return verified
    } catch let refusal as TokenRefusal {
      if refusal.reason == .jwtDomainMismatch { metrics.countDomainMismatch() }
      throw Problem(refusal.reason)
    }
  }

  private func exchange(_ hash: [UInt8], claims: PlayerClaims, _ transaction: BrandTransaction) async throws -> Exchange {
    // A token that we signed and don't know is of another database, or of a row that somebody removed.
    guard let row = try await store.lockToken(hash, transaction) else { throw Problem(.invalidToken) }
    guard row.player == claims.player, row.session.description == claims.sessionID else { throw Problem(.invalidToken) }
    switch RefreshRules.decide(row.state, now: clock.now()) {
    case .refuse(let reason): throw Problem(reason)
    case .endFamily:
      _ = try await store.revoke(row.session, of: row.player, because: "refresh_reuse", at: clock.now(), transaction)
      try await marks.remove([row.session], brand: transaction.brand)
      return .familyEnded
    case .rotate:
      let issued = try tokens.issue(row.player, session: row.session, brand: transaction.brand)
      try await store.rotate(row, hash: hash, by: issued.session, transaction)
      try await marks.set(row.session, player: row.player, brand: transaction.brand, seconds: tokens.lifetimes.refreshSeconds)
      return .pair(issued.body)
    }
  }
}
