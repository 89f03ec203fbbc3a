internal import Contracts
package import Kernel

/// What the keys of sessions say about their brands. Pure.
package struct SessionAudit: Hashable, Sendable {
  package let brandAware: Int
  /// Keys that name no brand, or one that doesn't exist, in their order. A second brand must wait until there is none (S0-JWT-14, C-25).
  package let withoutBrand: [String]

  package init(keys: Set<String>, brands: Set<BrandID>) {
    withoutBrand = keys.filter { !Self.namesBrand($0, brands) }.sorted()
    brandAware = keys.count - withoutBrand.count
  }

  /// `session:{brand}:{session_id}`.
  private static func namesBrand(_ key: String, _ brands: Set<BrandID>) -> Bool {
    let parts = key.dropFirst(RedisKeys.playerSessionPrefix.count).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, let brand = BrandID(text: String(parts[0])) else { return false }
    return brands.contains(brand)
  }
}
