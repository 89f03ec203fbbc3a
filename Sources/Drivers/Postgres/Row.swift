/// One row of an answer. Columns are read by name; when two have the same name, the last one counts.
package struct Row: Sendable {
  let storage: ResultStorage
  let index: Int32

  /// Throws `.decoding` when there is no such column, it is NULL, or it isn't a `T`.
  package func get<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws(PostgresError) -> T {
    let position = try position(of: column)
    guard let value = storage.decode(row: index, column: position, as: type) else {
      throw failure(column, isNull(position) ? "is NULL" : "of type \(storage.type(column: position).rawValue) is not a \(type)")
    }
    return value
  }

  /// Nil for NULL; throws `.decoding` when there is no such column or it isn't a `T`.
  package func getOptional<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws(PostgresError) -> T? {
    let position = try position(of: column)
    guard !isNull(position) else { return nil }
    return try get(column, as: type)
  }

  private func isNull(_ position: Int32) -> Bool { storage.isNull(row: index, column: position) }

  private func position(of column: String) throws(PostgresError) -> Int32 {
    guard let position = storage.columns[column] else { throw failure(column, "is not in the answer") }
    return position
  }

  private func failure(_ column: String, _ problem: String) -> PostgresError {
    PostgresError(.decoding, "column \(column) \(problem)", operation: "decode")
  }
}
