internal import Kernel
internal import Platform

/// A value of `domain:agent:<host>` or `domain:level:<host>` from before brands: the bare number of the agent or level, or an object
/// with nothing but it. Pure.
enum SingleBrandBinding {
  /// The binding to the given brand that the value meant; nil when it is anything else, which nobody should guess at.
  static func adopt(_ found: DomainBindingRules.Found, into brand: BrandID) -> DomainBinding? {
    guard let number = number(in: found) else { return nil }
    return DomainBinding(host: found.host, brand: brand, target: found.kind == .agent ? .agent(number) : .level(number))
  }

  private static func number(in found: DomainBindingRules.Found) -> Int64? {
    let digits: String
    switch try? JSONDocument.parse(found.value) {
    case .number(let literal): digits = literal
    case .string(let text): digits = text
    case .object(let members) where members.count == 1 && members[0].name == "\(found.kind.rawValue)_id":
      guard case .number(let literal) = members[0].value else { return nil }
      digits = literal
    default: return nil
    }
    return Decimal64.parse(digits)
  }
}
