/// The shape of a JSON value: what a route takes or gives, as the OpenAPI document shows it and as bodies are checked (JSON Schema 2020-12).
///
/// Only what Cordon's interface uses. Numbers are integers: no amount, id or count of the platform has a fraction.
package indirect enum JSONSchema: Hashable, Sendable {
  /// `name` is the key under `components/schemas`. Fields that are not listed are refused in a request.
  case object(name: String, fields: [Field])
  case array(items: JSONSchema, countMax: Int)
  /// Length counts Unicode scalars, as JSON Schema does. `pattern` is shown to readers and enforced by the character set it names.
  case string(length: ClosedRange<Int>, pattern: TextPattern? = nil, example: String? = nil)
  case choice([String])
  case integer(ClosedRange<Int64>)
  case boolean
  /// The value, or `null`.
  case nullable(JSONSchema)
  /// An object whose field names aren't fixed, of one value shape.
  case map(values: JSONSchema)
  /// Any JSON value (only in replies and for opaque documents).
  case any

  /// One member of an object.
  package struct Field: Hashable, Sendable {
    package let name: String
    package let schema: JSONSchema
    package let isRequired: Bool
    /// For the reader of the OpenAPI document: meaning and unit.
    package let meaning: String

    package init(name: String, schema: JSONSchema, isRequired: Bool, meaning: String) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
      self.meaning = meaning
    }

    package static func required(_ name: String, _ schema: JSONSchema, _ meaning: String) -> Field {
      Field(name: name, schema: schema, isRequired: true, meaning: meaning)
    }

    package static func optional(_ name: String, _ schema: JSONSchema, _ meaning: String) -> Field {
      Field(name: name, schema: schema, isRequired: false, meaning: meaning)
    }
  }

  /// Any text of up to `max` characters.
  package static func text(max: Int, min: Int = 1) -> JSONSchema { .string(length: min...max) }

  /// A UUID in its usual spelling (RFC 9562).
  package static let uuid = JSONSchema.string(length: 36...36, pattern: .uuid)

  /// A moment, RFC 3339 in UTC.
  package static let timestamp = JSONSchema.string(length: 20...35, pattern: .timestamp)

  /// A row's number: greater than zero.
  package static let identifier = JSONSchema.integer(1...Int64.max)
}
