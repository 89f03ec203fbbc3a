/// A call that builds a statement: `insert(into: "player", …)`.
struct BuiltStatement: Hashable {
  let path: String
  let line: Int
  let kind: StatementKind
  let table: TableName
  /// Whether any of its arguments is `brand_id`.
  let namesBrand: Bool
  let marker: BrandMarker?
}
