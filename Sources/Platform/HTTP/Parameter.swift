package import Contracts

/// A declared parameter outside the body. Query parameters that aren't declared are refused.
package struct Parameter: Hashable, Sendable {
  package enum Place: String, Hashable, Sendable {
    case path
    case query
    case header
  }

  package let place: Place
  package let name: String
  package let schema: JSONSchema
  package let isRequired: Bool
  package let meaning: String

  private init(_ place: Place, _ name: String, _ schema: JSONSchema, required: Bool, _ meaning: String) {
    self.place = place
    self.name = name
    self.schema = schema
    self.isRequired = required
    self.meaning = meaning
  }

  /// A `{name}` segment of the path. A value outside its schema is answered with 404: there can be no such thing.
  package static func path(_ name: String, _ schema: JSONSchema, _ meaning: String) -> Parameter {
    Parameter(.path, name, schema, required: true, meaning)
  }

  package static func query(_ name: String, _ schema: JSONSchema, required: Bool = false, _ meaning: String) -> Parameter {
    Parameter(.query, name, schema, required: required, meaning)
  }

  package static func header(_ name: String, _ schema: JSONSchema, required: Bool = false, _ meaning: String) -> Parameter {
    Parameter(.header, name, schema, required: required, meaning)
  }
}
