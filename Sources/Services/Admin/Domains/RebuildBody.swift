internal import Contracts
internal import Platform

/// What a rebuild of the bindings in Redis did.
struct RebuildBody: JSONReplyBody {
  let rebuild: DomainBindingRebuild

  var json: JSONValue {
    [
      "bindings": .init(Int64(rebuild.durableCount)), "repaired": hosts(rebuild.repaired), "left": hosts(rebuild.left),
    ]
  }

  private func hosts(_ differences: [DomainBindingDifference]) -> JSONValue { .array(differences.map { .string($0.host) }) }

  static let jsonSchema = JSONSchema.object(
    name: "BindingRebuild",
    fields: [
      .required("bindings", .integer(0...Int64.max), "How many bindings there are."),
      .required("repaired", .array(items: .text(max: 512), countMax: 1_000_000), "Hosts whose key in Redis was written or removed."),
      .required("left", .array(items: .text(max: 512), countMax: 1_000_000), "Hosts whose value is no binding and was left alone."),
    ])
}
