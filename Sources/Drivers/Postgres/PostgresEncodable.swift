/// A value that can stand in a statement as `\(value)`.
package protocol PostgresEncodable {
  /// The type that a nil of this type is sent as.
  static var postgresType: PostgresType { get }
  var postgresBind: PostgresBind { get }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  package static var postgresType: PostgresType { Wrapped.postgresType }
  package var postgresBind: PostgresBind { self?.postgresBind ?? .null(Wrapped.postgresType) }
}
