/// The Redis keys and channels that are public interface: operators read and write them with `redis-cli`.
package enum RedisKeys {
  package static let domainAgentPrefix = "domain:agent:"
  package static let domainLevelPrefix = "domain:level:"
  package static let brandCatalogChanged = "BRAND_CATALOG_CHANGED"
  package static let jwtPublicKeysChanged = "jwt_public_keys_changed"
  package static let playerSessionPrefix = "session:"
  /// How much of a client's per-address limit the gateways have taken in the current window; vanishes with the window.
  package static let gatewayRatePrefix = "gateway:rate:"
  package static let walletStream = "wallet:events"
  package static let playerStream = "player:events"
  /// Counts an operator's attempts to sign in, for a minute.
  package static let operatorSignInPrefix = "admin:signin:"

  /// A table that takes no writes: `1` means frozen, no key means writable (S0-FRZ-01).
  package static let tableFreezePrefix = "table_freeze:"
  package static func tableFreeze(_ table: String) -> String { tableFreezePrefix + table }

  package static func domainAgent(_ host: String) -> String { domainAgentPrefix + host }
  package static func domainLevel(_ host: String) -> String { domainLevelPrefix + host }
  /// Brand-aware: a session under another brand is another key (S0-JWT-15).
  package static func playerSession(brand: Int64, session: String) -> String { "\(playerSessionPrefix)\(brand):\(session)" }

  /// Says that a payment provider's callback has come before (S0-WAL-30).
  package static func plisioReplay(brand: Int64, payment: String, status: String) -> String {
    "plisio:replay:\(brand):\(payment):\(status)"
  }

  /// Log-ins that were tried for an account lately. The account stands in it as a digest: keys show up in `MONITOR` and dumps.
  package static func loginAttempts(brand: Int64, accountDigest: String) -> String { "login_attempts:\(brand):\(accountDigest)" }
}
