internal import Crypto
internal import Kernel

/// What a provider shows to prove that a player plays: the brand's number and 256 random bits. The number only says where to look; it is
/// the digest of the whole that must be found there.
struct SessionToken: Hashable, Sendable {
  let text: String
  let brand: BrandID

  init?(_ text: String) {
    guard text.utf8.count <= 80, let split = text.firstIndex(of: "."), let brand = BrandID(text: text[..<split]) else { return nil }
    self.text = text
    self.brand = brand
  }

  /// A new one.
  init(of brand: BrandID) {
    let random = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    self.text = "\(brand).\(Base64URL.encode(random))"
    self.brand = brand
  }

  /// What is kept of it.
  var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
