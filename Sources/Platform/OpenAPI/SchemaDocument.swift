package import Contracts

/// Schemas in OpenAPI's form. Named objects are collected under `components/schemas` and referred to.
package struct SchemaDocument: Sendable {
  package private(set) var components: [String: JSONValue] = [:]

  package init() {}

  /// The JSON Schema of a declared shape.
  package mutating func value(of schema: JSONSchema) -> JSONValue {
    switch schema {
    case .object(let name, let fields): return reference(to: name, fields: fields)
    case .array(let items, let countMax):
      return ["type": "array", "items": value(of: items), "maxItems": .number(String(countMax))]
    case .string(let length, let pattern, let example): return Self.string(length, pattern, example)
    case .choice(let values): return ["type": "string", "enum": .array(values.map { .string($0) })]
    case .integer(let range):
      return [
        "type": "integer", "format": "int64", "minimum": .number(String(range.lowerBound)), "maximum": .number(String(range.upperBound)),
      ]
    case .boolean: return ["type": "boolean"]
    case .nullable(let inner): return ["anyOf": [value(of: inner), ["type": "null"]]]
    case .map(let values): return ["type": "object", "additionalProperties": value(of: values)]
    case .any: return [:]
    }
  }

  private static func string(_ length: ClosedRange<Int>, _ pattern: TextPattern?, _ example: String?) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("type", "string"), ("minLength", .number(String(length.lowerBound))), ("maxLength", .number(String(length.upperBound))),
    ]
    if let pattern { members.append(("pattern", .string(pattern.rawValue))) }
    if let example { members.append(("examples", [.string(example)])) }
    return .members(members)
  }

  private mutating func reference(to name: String, fields: [JSONSchema.Field]) -> JSONValue {
    let definition = object(fields)
    guard let known = components[name] else {
      components[name] = definition
      return ["$ref": .string("#/components/schemas/\(name)")]
    }
    // Two shapes of one name: the second stands where it is used, so that the document stays true.
    return known == definition ? ["$ref": .string("#/components/schemas/\(name)")] : definition
  }

  private mutating func object(_ fields: [JSONSchema.Field]) -> JSONValue {
    var properties: [(String, JSONValue)] = []
    for field in fields {
      var shown = value(of: field.schema)
      // An optional member may also be null; see SchemaRules.
      if !field.isRequired { shown = ["anyOf": [shown, ["type": "null"]]] }
      if case .object(let members) = shown {
        shown = .object(members + [JSONValue.Member(name: "description", value: .string(field.meaning))])
      }
      properties.append((field.name, shown))
    }
    return [
      "type": "object", "properties": .members(properties),
      "required": .array(fields.filter(\.isRequired).map { .string($0.name) }), "additionalProperties": false,
    ]
  }
}
