/// One table that a statement touches.
struct TableUse: Hashable {
  let kind: StatementKind
  let table: TableName
  let reach: TableShape.Reach
  /// What lets the statement reach another brand's rows; nil where a brand holds it.
  let fault: String?
}
