internal import Kernel
internal import Security

/// Reads the Authorization field of a request.
struct TokenReader: Sendable {
  let verifier: AccessTokenVerifier
  let clock: WallClock

  /// Verifies on the calling thread: a known token costs about a microsecond, a new one a signature check of some tens.
  func read(_ authorization: String?) -> TokenVerdict {
    guard let authorization else { return .absent }
    guard let token = BearerToken.read(authorization) else { return .refused(.invalidToken, name: "not_bearer") }
    do throws(TokenRefusal) {
      let verified = try verifier.verify(token, now: clock.now())
      return .valid(brand: verified.brand, player: verified.player, session: verified.sessionID)
    } catch {
      return .refused(error.reason, name: error.rawValue)
    }
  }
}
