internal import Contracts

/// Whether a topology could follow the active one of a brand.
struct WalletTopologyCheckAnswer: Encodable, JSONSchemaProviding {
  let brand: Int64
  let activeVersion: Int64
  /// Why it can't; empty when it can.
  let faults: [String]
  let addedBuckets: [String]

  enum CodingKeys: String, CodingKey {
    case brand = "brand_id"
    case activeVersion = "active_version"
    case faults
    case addedBuckets = "added_buckets"
  }

  static var jsonSchema: JSONSchema {
    .object(
      name: "WalletTopologyCheckAnswer",
      fields: [
        .required("brand_id", .identifier, "Whose active topology it was compared with."),
        .required("active_version", .identifier, "The version of that one."),
        .required("faults", .array(items: .text(max: 300), countMax: 200), "Why it could not follow; empty when it could."),
        .required("added_buckets", .array(items: .text(max: 32), countMax: 64), "Buckets that the active one lacks."),
      ])
  }
}
