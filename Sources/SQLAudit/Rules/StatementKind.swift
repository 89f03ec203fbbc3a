/// What a statement does with a table.
package enum StatementKind: String, CaseIterable, Comparable, Sendable {
  case select = "SELECT"
  case insert = "INSERT"
  case update = "UPDATE"
  case delete = "DELETE"

  package static func < (left: StatementKind, right: StatementKind) -> Bool { order(left) < order(right) }

  private static func order(_ kind: StatementKind) -> Int { allCases.firstIndex(of: kind) ?? 0 }
}
