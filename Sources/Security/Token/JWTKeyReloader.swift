internal import Contracts
package import Logging
package import Redis

/// Replaces a verifier's keys when `jwt_public_keys_changed` is published, without a restart (S0-JWT-12).
package struct JWTKeyReloader: Sendable {
  private let verifier: AccessTokenVerifier
  private let currentSetting: @Sendable () throws -> String?
  private let logger: Logger

  /// - Parameter currentSetting: reads `JWT_PUBLIC_KEYS` anew from wherever it comes (file, secret file), not the copy made at start.
  package init(verifier: AccessTokenVerifier, logger: Logger, currentSetting: @escaping @Sendable () throws -> String?) {
    self.verifier = verifier
    self.currentSetting = currentSetting
    self.logger = logger
  }

  /// Listens until the task is cancelled.
  package func run(_ redis: RedisClient) async {
    for await event in redis.subscribe(to: [RedisKeys.jwtPublicKeysChanged]) {
      switch event {
      // A change may have been announced while nobody listened.
      case .subscribed, .message: reload()
      case .interrupted: logger.warning("not listening for changes of the JWT keys")
      }
    }
  }

  /// Reads the setting and puts its keys in force. A setting that can't be used leaves the keys as they are: refusing every token
  /// would turn an operator's typing error into an outage, and the old keys are no weaker than a moment ago.
  package func reload() {
    do {
      guard let json = try currentSetting(), !json.isEmpty else { throw KeyRefusal.noKeys }
      let keys = try KeySet(json: json)
      verifier.replaceKeys(keys)
      logger.notice("JWT keys reloaded", metadata: ["kids": "\(keys.keyIDs.joined(separator: ","))"])
    } catch {
      logger.error("JWT keys not reloaded; the former ones stay in force", metadata: ["error": "\(error)"])
    }
  }
}
