package import Contracts
package import Kernel
package import Platform

/// What activating a version would do, without doing it.
package struct WalletDocumentCheck: Sendable, JSONSchemaProviding {
  package let version: WalletDocumentVersion
  package let activeVersion: Int64?
  package let faults: [Problem.Fault]
  /// Nil for a policy, which has no say in where money lies.
  package let change: WalletTopologyChange?
  package let holdings: WalletHoldings?

  /// Nil when not all balances were looked at and a bucket would vanish: nobody knows then.
  package var canBeActivated: Bool? {
    if !faults.isEmpty { return false }
    if let change, let holdings, !holdings.isComplete, !change.vanishing.isEmpty { return nil }
    return true
  }

  package var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("brand_id", .integer(version.brand.rawValue)), ("version", .integer(version.version)), ("status", .string(version.status.rawValue)),
      ("active_version", .optional(activeVersion)), ("can_be_activated", canBeActivated.map { .boolean($0) } ?? .null),
      ("faults", .array(faults.map { ["pointer": .string($0.pointer), "detail": .string($0.detail)] })),
    ]
    if let change { members.append(("buckets", change.json)) }
    if let holdings {
      members.append(("players", holdings.playersJSON))
      members.append(("totals", holdings.totalsJSON))
      members.append(("scan", ["rows": .integer(holdings.rows), "complete": .boolean(holdings.isComplete)]))
    }
    return .members(members)
  }

  package static var jsonSchema: JSONSchema {
    let names = JSONSchema.array(items: .text(max: 32), countMax: 64)
    let count = JSONSchema.integer(0...Int64.max)
    func three(_ name: String, _ schema: JSONSchema) -> [JSONSchema.Field] {
      [
        .required("vanishing", schema, "\(name) of the active topology that the version lacks."),
        .required("no_longer_withdrawable", schema, "\(name) that withdrawals could no longer take from."),
        .required("leaving_bet_order", schema, "\(name) that bets could no longer take from."),
      ]
    }
    return .object(
      name: "WalletDocumentCheck",
      fields: [
        .required("brand_id", .identifier, "Whose document."), .required("version", .identifier, "The version that was checked."),
        .required("status", .choice(WalletDocumentStatus.allCases.map(\.rawValue)), "Its status."),
        .required("active_version", .nullable(.identifier), "The version that it would follow."),
        .required("can_be_activated", .nullable(.boolean), "null when a bucket would vanish and not all balances were looked at."),
        .required("faults", .array(items: fault, countMax: 1000), "Why it could not be activated."),
        .optional(
          "buckets",
          .object(
            name: "WalletBucketChange", fields: three("Buckets", names) + [.required("added", names, "Buckets that the active one lacks.")]),
          "Of a topology: what changes."),
        .optional(
          "players", .object(name: "WalletAffectedPlayers", fields: three("Players who hold money in buckets", count)),
          "Of a topology: how many players hold money in such buckets."),
        .optional("totals", .array(items: total, countMax: 10_000), "Of a topology: what players hold in each bucket."),
        .optional(
          "scan",
          .object(
            name: "WalletBalanceScan",
            fields: [
              .required("rows", count, "Balances that were looked at."),
              .required("complete", .boolean, "Whether those were all of the brand's."),
            ]), "What players and totals were counted over."),
      ])
  }

  private static let fault = JSONSchema.object(
    name: "WalletDocumentFault",
    fields: [
      .required("pointer", .text(max: 512, min: 0), "The place, a JSON pointer into the document (of a policy where detail says so)."),
      .required("detail", .text(max: 500), "What is wrong there."),
    ])

  private static let total = JSONSchema.object(
    name: "WalletBucketTotal",
    fields: [
      .required("bucket", .text(max: 32), "The bucket."), .required("currency", .text(max: 5), "The currency."),
      .required("players", .integer(0...Int64.max), "Players who hold money there."),
      .required("amount", .integer(0...Int64.max), "Minor units of all of them."),
    ])
}
