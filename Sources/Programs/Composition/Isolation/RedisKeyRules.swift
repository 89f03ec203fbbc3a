internal import Contracts
internal import Kernel

/// Whose a Redis key is. Every key is one brand's, or stands on the platform's list here. Pure.
enum RedisKeyRules {
  enum Owner: Hashable {
    case brand(Int64)
    /// The value names the brand.
    case named
    case platform(String)
    /// Each entry names its brand.
    case stream
    /// Nothing says whose it is.
    case nobody
  }

  /// Prefixes before the brand's number.
  private static let ofBrand = [RedisKeys.playerSessionPrefix, "plisio:replay:", "login_attempts:"]
  private static let named = [RedisKeys.domainAgentPrefix, RedisKeys.domainLevelPrefix]
  static let streams = [RedisKeys.walletStream, RedisKeys.playerStream]

  /// What is no brand's, and why.
  static let platform: [(prefix: String, why: String)] = [
    (RedisKeys.gatewayRatePrefix, "limits of addresses, before a brand is known"),
    (RedisKeys.operatorSignInPrefix, "operators sign in at one door"),
    (RedisKeys.tableFreezePrefix, "a freeze stops a table for all brands"),
    ("brand_signature:", "a signature that was used: a random text of the calling role"),
  ]

  static func owner(of key: String) -> Owner {
    for prefix in ofBrand where key.hasPrefix(prefix) {
      let number = key.dropFirst(prefix.count).prefix { $0 != ":" }
      return BrandID(text: number).map { .brand($0.rawValue) } ?? .nobody
    }
    if named.contains(where: { key.hasPrefix($0) && key.utf8.count > $0.utf8.count }) { return .named }
    if let known = platform.first(where: { key.hasPrefix($0.prefix) }) { return .platform(known.why) }
    return streams.contains(key) ? .stream : .nobody
  }

  /// The brand that a value names.
  static func brand(in value: [UInt8]) -> Int64? { JSONMember.number("brand_id", of: value).flatMap { Int64($0) } }
}
