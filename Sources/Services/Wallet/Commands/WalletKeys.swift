internal import Crypto
package import Kernel

/// How idempotency keys of different callers are kept apart inside a brand.
package enum WalletKeys {
  /// `wallet_command.request_id` takes this many bytes.
  private static let storedBytesMax = 255
  /// What the wallet's interface takes as a reference.
  private static let referenceBytesMax = 200

  /// A player chooses keys freely, so the stored key names the brand and the player: nobody's key meets another's (S0-WAL-21).
  ///
  /// A name that gets too long is replaced by its digest, which is as unique.
  package static func player(_ key: IdempotencyKey, brand: BrandCode, player: PlayerID) -> String {
    bounded(key, after: "\(brand):p\(player):", bytesMax: storedBytesMax)
  }

  /// The reference of a player's own bet: the key with the player before it, since references are unique per brand.
  static func betReference(_ key: IdempotencyKey, player: PlayerID) -> String {
    bounded(key, after: "\(player):", bytesMax: referenceBytesMax)
  }

  private static func bounded(_ key: IdempotencyKey, after prefix: String, bytesMax: Int) -> String {
    let whole = prefix + key.rawValue
    guard whole.utf8.count > bytesMax else { return whole }
    return prefix + "sha256-" + Hexadecimal.encode(SHA256.hash(data: Array(key.rawValue.utf8)))
  }

  /// Roles prefix their keys themselves, with the brand's code or number; what they send is stored as it is.
  package static func role(_ key: IdempotencyKey) -> String { key.rawValue }
}
