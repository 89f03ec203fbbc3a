/// One place at which a value differs from its schema.
package struct SchemaFault: Hashable, Sendable {
  package let pointer: String
  package let detail: String
  package let isUnknownField: Bool

  package static func invalid(_ pointer: String, _ detail: String) -> SchemaFault {
    SchemaFault(pointer: pointer, detail: detail, isUnknownField: false)
  }

  package static func unknown(_ pointer: String) -> SchemaFault {
    SchemaFault(pointer: pointer, detail: "is not a field of this object", isUnknownField: true)
  }
}
