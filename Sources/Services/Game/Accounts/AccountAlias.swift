internal import Kernel

/// The short names that stand in for accounts which a provider can't take: `0{brand in base 36}_{random}`.
enum AccountAlias {
  /// Fifty bits: nobody finds one by trying, and two players of a brand have the same only as the primary key refuses it.
  static let randomCharacters = 10
  /// `0`, up to thirteen characters of a brand's number, `_`, the rest.
  static let charactersMax = 1 + 13 + 1 + randomCharacters

  private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)

  /// - Parameter random: bits of which the lowest five of each byte count.
  static func make(_ brand: BrandID, random: [UInt8]) -> String {
    let tail = random.prefix(randomCharacters).map { alphabet[Int($0 & 31)] }
    return "0\(String(brand.rawValue, radix: 36))_\(String(decoding: tail, as: UTF8.self))"
  }

  /// The brand that an alias with this text before its underscore is of; nil when it is none.
  static func brand(ofHead head: Substring) -> BrandID? {
    guard head.first == "0", let number = Int64(head.dropFirst(), radix: 36), head.dropFirst() == String(number, radix: 36) else {
      return nil
    }
    return BrandID(number)
  }
}
