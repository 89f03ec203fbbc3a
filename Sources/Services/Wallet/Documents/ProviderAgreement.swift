package import Contracts

/// What a brand and a game provider have agreed on rollbacks. Members that aren't said are `accept` and `refuse`.
package struct ProviderAgreement: Hashable, Sendable, Codable, JSONSchemaProviding {
  package enum UnknownRollback: String, Hashable, Sendable, Codable, CaseIterable {
    case accept
    case refuse
  }

  package enum RollbackAfterSettle: String, Hashable, Sendable, Codable, CaseIterable {
    case refuse
    case reverse
  }

  /// What a rollback of a bet that has not come is answered. Its tombstone is kept either way.
  package let unknownRollback: UnknownRollback?
  /// Whether a rollback takes back a win that was paid.
  package let rollbackAfterSettle: RollbackAfterSettle?

  package init(unknownRollback: UnknownRollback? = nil, rollbackAfterSettle: RollbackAfterSettle? = nil) {
    self.unknownRollback = unknownRollback
    self.rollbackAfterSettle = rollbackAfterSettle
  }

  enum CodingKeys: String, CodingKey {
    case unknownRollback = "unknown_rollback"
    case rollbackAfterSettle = "rollback_after_settle"
  }

  var refusesUnknownRollback: Bool { unknownRollback == .refuse }
  var reversesSettledBets: Bool { rollbackAfterSettle == .reverse }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletProviderAgreement",
    fields: [
      .optional(
        "unknown_rollback", .choice(UnknownRollback.allCases.map(\.rawValue)),
        "What a rollback of a bet that has not come is answered; accept unless it is said."),
      .optional(
        "rollback_after_settle", .choice(RollbackAfterSettle.allCases.map(\.rawValue)),
        "Whether a rollback takes back a win that was paid; refuse unless it is said."),
    ])
}
