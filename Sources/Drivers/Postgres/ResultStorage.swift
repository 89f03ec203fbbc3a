internal import CLibPQ

/// Owns a `PGresult`: the answer to one statement.
///
/// Unchecked, because libpq never changes a result after handing it out (libpq manual, 34.20: results are read-only and can be
/// passed around freely between threads), and this class only reads it.
final class ResultStorage: @unchecked Sendable {
  private let result: OpaquePointer
  let rowCount: Int
  let columns: [String: Int32]

  /// Takes over the result and clears it in the end.
  init(_ result: OpaquePointer) {
    self.result = result
    rowCount = Int(PQntuples(result))
    var columns: [String: Int32] = [:]
    for index in 0..<PQnfields(result) {
      guard let name = PQfname(result, index) else { continue }
      columns[String(cString: name)] = index
    }
    self.columns = columns
  }

  deinit { PQclear(result) }

  /// How many rows an INSERT, UPDATE, DELETE or SELECT touched; 0 for other commands.
  var affected: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

  /// The command as the server completed it: `INSERT 0 1`, `COMMIT`, `ROLLBACK`.
  var commandTag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

  func isNull(row: Int32, column: Int32) -> Bool { PQgetisnull(result, row, column) == 1 }

  func type(column: Int32) -> PostgresType { PostgresType(rawValue: PQftype(result, column)) }

  /// Nil when the value is NULL or isn't a `T`.
  func decode<T: PostgresDecodable>(row: Int32, column: Int32, as: T.Type) -> T? {
    guard !isNull(row: row, column: column), let start = PQgetvalue(result, row, column) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
    return withExtendedLifetime(self) { T(postgres: bytes.bytes, type: type(column: column)) }
  }
}
