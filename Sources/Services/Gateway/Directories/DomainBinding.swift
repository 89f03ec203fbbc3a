internal import Kernel
internal import Platform

/// The value of a domain key in Redis, read strictly: exactly the documented members, integers, nothing else (S0-RES-02, S0-RES-03, C-05).
struct DomainBinding: Hashable, Sendable {
  enum Kind: String, Sendable {
    case agent = "agent_id"
    case level = "level_id"
  }

  let brand: BrandID

  /// Nil for anything but `{"brand_id": <int>, "<kind>": <int>}`; a binding that can't be read binds nothing.
  init?(_ json: [UInt8], kind: Kind) {
    guard case .object(let members)? = try? JSONDocument.parse(json), members.count == 2 else { return nil }
    guard let owner = members.first(where: { $0.name == kind.rawValue }), Self.integer(owner.value) != nil else { return nil }
    guard let named = members.first(where: { $0.name == "brand_id" }), let brand = Self.integer(named.value).flatMap({ BrandID($0) }) else {
      return nil
    }
    self.brand = brand
  }

  private static func integer(_ value: JSONValue) -> Int64? {
    guard case .number(let digits) = value else { return nil }
    return Decimal64.parse(digits)
  }
}
