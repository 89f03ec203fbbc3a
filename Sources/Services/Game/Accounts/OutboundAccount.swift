internal import Kernel

/// What an account name that a provider sends may be. Pure: which brands and players there are is looked up afterwards.
///
/// A brand code has no underscore (``BrandCode``), so the first one ends it, and no account of one brand reads as another's, whatever
/// underscores it has itself. A brand code begins with a letter and an alias with the digit 0, so neither reads as the other.
enum OutboundAccount: Hashable, Sendable {
  /// `{brand_code}_{account}`.
  case namespaced(BrandCode, account: String)
  /// A name that stands in for one that didn't fit the provider's limits (`cordon.game_account_alias`).
  case alias(BrandID, alias: String)
  /// A player's guid, as older integrations sent it.
  case rawGUID(UUIDv7)
  /// An account without its brand.
  case rawAccount(String)
  /// Nothing that Cordon has ever given to a provider.
  case unreadable

  /// Longer texts are read no further.
  static let bytesMax = 128

  init(_ text: String) {
    let bytes = text.utf8
    guard !bytes.isEmpty, bytes.count <= Self.bytesMax, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      self = .unreadable
      return
    }
    if let guid = UUIDv7(text: text.lowercased()) {
      self = .rawGUID(guid)
    } else if let split = text.firstIndex(of: "_") {
      self = Self.split(text[..<split], text[text.index(after: split)...], whole: text)
    } else {
      self = .rawAccount(text)
    }
  }

  private static func split(_ head: Substring, _ rest: Substring, whole: String) -> OutboundAccount {
    if let brand = AccountAlias.brand(ofHead: head) { return .alias(brand, alias: whole) }
    guard let code = BrandCode(head), !rest.isEmpty else { return .unreadable }
    return .namespaced(code, account: String(rest))
  }
}
