/// A body type that says its own shape. The platform refuses bodies that don't have it before the handler runs, and documents it.
package protocol JSONSchemaProviding: Sendable {
  static var jsonSchema: JSONSchema { get }
}
