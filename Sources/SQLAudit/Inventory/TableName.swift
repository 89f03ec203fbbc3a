/// A table or view, as a statement names it.
package struct TableName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// nil where the statement leaves it to the search path.
  package let schema: String?
  package let name: String

  package init(schema: String?, name: String) {
    self.schema = schema
    self.name = name
  }

  package var description: String { schema.map { "\($0).\(name)" } ?? name }

  package static func < (left: TableName, right: TableName) -> Bool { left.description < right.description }
}
