internal import CLibPQ

/// The fields of an error or notice (PostgreSQL manual, 55.8), read from its `PGresult`.
enum ResultFields {
  // The letters are macros of postgres_ext.h that Swift can't import.
  private static func field(_ letter: Unicode.Scalar, of result: OpaquePointer) -> String? {
    PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
  }

  /// Not translated, unlike the field `S`.
  static func severity(of result: OpaquePointer) -> String { field("V", of: result) ?? "" }
  static func sqlState(of result: OpaquePointer) -> String? { field("C", of: result) }
  static func routine(of result: OpaquePointer) -> String { field("R", of: result) ?? "" }

  /// The primary message only: the detail line may quote stored values.
  static func message(of result: OpaquePointer) -> String {
    field("M", of: result) ?? PQresultErrorMessage(result).map { String(cString: $0).trimmedLines } ?? ""
  }

  /// - Parameter operation: the head of the statement that failed.
  static func error(of result: OpaquePointer, operation: String) -> PostgresError {
    let state = sqlState(of: result).map(SQLState.init(rawValue:))
    let severity = severity(of: result)
    // libpq makes results of its own, without a code, when the connection breaks; FATAL and PANIC end the session.
    let lost = state == nil || severity == "FATAL" || severity == "PANIC"
    return PostgresError(
      lost ? .connectionLost : .server, message(of: result), sqlState: state, constraint: field("n", of: result),
      table: field("t", of: result), operation: operation)
  }
}

extension String {
  /// libpq's messages end with a line feed and may have several lines.
  var trimmedLines: String {
    split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
  }
}
