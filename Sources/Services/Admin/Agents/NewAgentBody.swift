internal import Contracts
internal import Kernel

/// An agent to add, admitted in the brand of the request and in the others that are named.
struct NewAgentBody: Codable, JSONSchemaProviding {
  let name: String
  let brandIDs: [Int64]?
  let reason: String?

  private enum CodingKeys: String, CodingKey {
    case name, reason
    case brandIDs = "brand_ids"
  }

  static let jsonSchema = JSONSchema.object(
    name: "NewAgent",
    fields: [
      .required("name", NewBrandBody.nameSchema, "The agent's name."),
      .optional(
        "brand_ids", .array(items: .identifier, countMax: 100),
        "The brands that admit it, that of the request among them; without it that one alone. The operator must be one of each."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])

  /// The brands besides the request's own, in their order.
  ///
  /// - Throws: `invalid_field` where the list repeats a brand, or lacks the request's.
  func others(than brand: BrandID) throws(Problem) -> [BrandID] {
    guard let brandIDs else { return [] }
    let brands = brandIDs.compactMap { BrandID($0) }
    guard Set(brands).count == brandIDs.count, brands.contains(brand) else {
      throw Problem(
        .invalidField, faults: [.init(pointer: "/brand_ids", detail: "must name different brands, that of X-Brand-Id among them")])
    }
    return brands.filter { $0 != brand }
  }
}
