internal import Audit
internal import Kernel
internal import Platform
internal import Security

/// Signs operators in: Argon2id against the staff table, a token under the admin key (C-01), an audit row for each success.
struct OperatorSignIn: Sendable {
  let store: OperatorStore
  let throttle: SignInThrottle
  let hasher: PasswordHasher
  let signer: TokenSigner
  let clock: WallClock
  /// Seconds.
  let lifetime: Int64

  /// - Throws: `invalid_credentials` for whatever is wrong: absent, suspended or mistyped look the same and take the same time.
  func signIn(_ body: SignInBody, requestID: String) async throws -> OperatorSession {
    try await throttle.count(body.adminID)
    let member = try await store.find(body.adminID)
    let verdict = try await verdict(body.password, member)
    guard let member, member.isActive, verdict != .wrong else { throw Problem(.invalidCredentials) }
    let newHash = verdict == .correctNeedsRehash ? try await hasher.hash(body.password) : nil
    let claims = OperatorRules.claims(
      for: member, tokenID: UUIDv7.next(clock: clock).description, now: clock.now().seconds, lifetime: lifetime)
    let token = try signer.sign(claims)
    let entry = AuditEntry(
      .operatorSignIn, .staff, member.id, by: member.id, new: ["token_id": .string(claims.tokenID)], requestID: requestID)
    // Before the token is handed out: nobody acts under a sign-in that the audit doesn't have.
    try await store.recordSignIn(entry, of: member.id, newHash: newHash)
    await throttle.clear(member.id)
    return OperatorSession(
      accessToken: token, tokenType: "Bearer", expiresIn: lifetime, adminID: member.id, role: claims.role ?? "",
      brands: claims.brands.map(\.rawValue))
  }

  private func verdict(_ password: String, _ member: StaffMember?) async throws -> PasswordVerdict {
    do {
      return try await hasher.verify(password, against: member?.passwordHash)
    } catch is PasswordRefusal {
      throw Problem(.overloaded, retryAfterSeconds: 1)
    }
  }
}
