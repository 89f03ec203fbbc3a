package import Kernel
internal import Synchronization

/// Verifies players' access tokens on the request path, each at most once while it stays in a bounded cache.
///
/// An RS256 verification costs some 12 µs, a look-up about one. The cache answers only what the current keys have verified: a change
/// of keys and a revocation empty it, also of verifications that were under way meanwhile. That a *session* still lives
/// is not cached here; the caller asks the session store.
package final class AccessTokenVerifier: Sendable {
  /// About 10 MB when full.
  package static let cachedTokensMaxDefault = 20_000

  private struct State: Sendable {
    var verifier: TokenVerifier
    var cache: VerifiedTokenCache
    /// Grows with every change of keys and every revocation, so that a result which began before it is not kept.
    var generation: UInt64 = 0
  }

  private let state: Mutex<State>

  package init(
    keys: KeySet, leewaySeconds: Int64 = TokenVerifier.leewaySecondsDefault, cachedTokensMax: Int = cachedTokensMaxDefault
  ) {
    let verifier = TokenVerifier(keys: keys, leewaySeconds: leewaySeconds)
    state = Mutex(State(verifier: verifier, cache: VerifiedTokenCache(capacity: cachedTokensMax)))
  }

  /// What the cache knows; nil doesn't mean that the token is bad.
  package func lookup(_ token: UnsafeRawBufferPointer, now: Timestamp) -> VerifiedPlayerToken? {
    let digest = TokenDigest(token)
    return state.withLock { $0.cache.lookup(digest, now: now) }
  }

  /// The cache's answer, or a full verification whose success is kept. Never blocks on anything but the mutex.
  package func verify(_ token: [UInt8], now: Timestamp) throws(TokenRefusal) -> VerifiedPlayerToken {
    guard token.count <= TokenVerifier.tokenBytesMax else { throw .tooLong }
    let digest = token.withUnsafeBytes { TokenDigest($0) }
    let (known, verifier, generation) = state.withLock { ($0.cache.lookup(digest, now: now), $0.verifier, $0.generation) }
    if let known { return known }
    let verified = try verifier.verifyPlayer(token, kind: .playerAccess, now: now)
    state.withLock {
      if $0.generation == generation { $0.cache.insert(verified, as: digest) }
    }
    return verified
  }

  /// The rules with the keys of this moment, for tokens that are not kept here: refresh tokens.
  package var current: TokenVerifier { state.withLock { $0.verifier } }

  /// The accepted key ids, sorted, for `/health` (S0-JWT-04).
  package var keyIDs: [String] { state.withLock { $0.verifier.keys.keyIDs } }

  package var cachedTokenCount: Int { state.withLock { $0.cache.count } }

  /// Accepts these keys and no others from now on. Tokens under a key that left are refused as `unknown_kid` at once.
  package func replaceKeys(_ keys: KeySet) {
    state.withLock {
      $0.verifier = $0.verifier.with(keys)
      $0.cache.removeAll()
      $0.generation &+= 1
    }
  }

  /// Forgets what was verified for one session.
  package func forget(brand: BrandID, sessionID: String) {
    state.withLock {
      $0.cache.removeAll { $0.brand == brand && $0.sessionID == sessionID }
      $0.generation &+= 1
    }
  }

  /// Forgets every verified token, as a revocation of unknown extent demands.
  package func forgetAll() {
    state.withLock {
      $0.cache.removeAll()
      $0.generation &+= 1
    }
  }
}
