internal import CSodium

/// libsodium's Argon2id. Its calls block the thread for the whole computation; ``PasswordHasher`` runs them where that is allowed.
enum Argon2id {
  /// libsodium picks its implementation once per process; every call of it comes after this.
  private static let isReady = sodium_init() >= 0

  /// - Returns: the PHC string (`$argon2id$v=19$m=…,t=…,p=1$salt$hash`), or nil if the memory could not be had.
  static func hash(_ password: [UInt8], cost: Argon2idCost) -> String? {
    guard isReady else { return nil }
    var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
    let result = crypto_pwhash_str_alg(
      &text, password.map { CChar(bitPattern: $0) }, UInt64(password.count), UInt64(cost.iterations),
      cost.memoryKibibytes * 1024, crypto_pwhash_ALG_ARGON2ID13)
    guard result == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Compares in constant time. False also for a stored text that is no Argon2 hash.
  static func verify(_ password: [UInt8], against stored: String) -> Bool {
    guard isReady, stored.utf8.count < Int(crypto_pwhash_STRBYTES) else { return false }
    return crypto_pwhash_str_verify(stored, password.map { CChar(bitPattern: $0) }, UInt64(password.count)) == 0
  }

  static func needsRehash(_ stored: String, cost: Argon2idCost) -> Bool {
    guard isReady, stored.utf8.count < Int(crypto_pwhash_STRBYTES) else { return true }
    return crypto_pwhash_str_needs_rehash(stored, UInt64(cost.iterations), cost.memoryKibibytes * 1024) != 0
  }
}
