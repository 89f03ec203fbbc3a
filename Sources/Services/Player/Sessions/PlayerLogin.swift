internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres
internal import Security

/// Checks credentials. An unknown account, one of another brand and a wrong password have one answer, and take the same work.
struct PlayerLogin: Sendable {
  let database: Database
  let store: PlayerStore
  let hasher: PasswordHasher
  let throttle: LoginThrottle
  let sessions: PlayerSessions
  let metrics: PlayerMetrics
  let clock: WallClock

  /// Where a log-in comes from.
  struct Origin: Sendable {
    let brand: BrandID
    let clientAddress: String?
    let requestID: String
  }

  func logIn(_ body: CredentialsBody, from origin: Origin) async throws -> TokenPairBody {
    do {
      try await throttle.count(body.account, brand: origin.brand)
      let pair = try await judged(body, origin)
      await throttle.clear(body.account, brand: origin.brand)
      metrics.logins.increment(["success"])
      return pair
    } catch let problem as Problem {
      metrics.logins.increment([problem.reason.rawValue])
      throw problem
    }
  }

  private func judged(_ body: CredentialsBody, _ origin: Origin) async throws -> TokenPairBody {
    do {
      return try await admitted(body, origin)
    } catch {
      let reason = (error as? Problem)?.reason
      if reason != .invalidCredentials, reason != .playerSuspended { await throttle.giveBack(body.account, brand: origin.brand) }
      throw error
    }
  }

  private func admitted(_ body: CredentialsBody, _ origin: Origin) async throws -> TokenPairBody {
    let known = try await credentials(body.account, origin.brand)
    let password = Password(body.password).normalized
    // The hash is computed between two transactions: no connection waits for it.
    let verdict = try await PasswordWork.unavailableWhenBusy { try await hasher.verify(password, against: known?.passwordHash) }
    let attempt = LoginAttempt(
      player: known?.player, account: body.account, clientAddress: origin.clientAddress, requestID: origin.requestID)
    guard let known, verdict != .wrong else { throw try await refused(.invalidCredentials, attempt, origin.brand) }
    // Only who knows the password is told that the account is suspended.
    guard known.status == .active else { throw try await refused(.playerSuspended, attempt, origin.brand) }
    let rehash = verdict == .correctNeedsRehash ? try await newHash(password, known) : nil
    return try await sessions.begin(attempt, player: known.player, rehash: rehash, brand: origin.brand)
  }

  private func credentials(_ account: String, _ brand: BrandID) async throws -> Credentials? {
    // An impossible account is looked up like any other: the query is part of what an answer takes.
    let name = AccountName(account) ?? Self.nobody
    guard let name else { return nil }
    let found = try await database.withBrand(brand) { try await store.credentials(of: name, $0) }
    return AccountName(account) == nil ? nil : found
  }

  private static let nobody = AccountName("nobody")

  private func newHash(_ password: String, _ known: Credentials) async throws -> (old: String, new: String) {
    (known.passwordHash, try await PasswordWork.unavailableWhenBusy { try await hasher.hash(password) })
  }

  private func refused(_ reason: ProblemReason, _ attempt: LoginAttempt, _ brand: BrandID) async throws -> Problem {
    try await database.withBrand(brand) { transaction in
      try await store.addLogin(attempt, outcome: reason.rawValue, session: nil, at: clock.now(), transaction)
    }
    return Problem(reason)
  }
}
