import Foundation
import Platform

/// The part of JSON Schema 2020-12 that our event schemas use. A keyword that it doesn't know is a fault of the schema, so that nothing that a
/// schema says goes unchecked; and a member that no schema of an object names is a fault too, though consumers would ignore it.
struct SchemaValidator {
  private static let annotations: Set<String> = ["$schema", "$id", "title", "description", "$defs"]

  private let root: JSONValue

  init(_ text: String) throws { root = try JSONDocument.parse(Array(text.utf8)) }

  /// What is wrong, each with its place.
  func faults(in value: JSONValue) -> [String] { faults(value, root, "$") + unknownMembers(value, [root], "$") }

  private func resolved(_ schema: JSONValue) -> JSONValue? {
    guard let reference = schema["$ref"]?.text else { return schema }
    guard reference.hasPrefix("#/$defs/") else { return nil }
    return root["$defs"]?[String(reference.dropFirst("#/$defs/".count))]
  }

  private func faults(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
    guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
    return keywords.flatMap { fault($0.name, $0.value, value, place) }
  }

  private func fault(_ keyword: String, _ rule: JSONValue, _ value: JSONValue, _ place: String) -> [String] {
    func require(_ holds: Bool) -> [String] { holds ? [] : ["\(place): \(keyword)"] }
    switch keyword {
    case _ where Self.annotations.contains(keyword): return []
    case "$ref":
      guard let target = resolved(.object([.init(name: keyword, value: rule)])) else { return ["\(place): no such definition"] }
      return faults(value, target, place)
    case "type": return require(Self.type(of: value) == rule.text)
    case "const": return require(value == rule)
    case "enum": return require(items(of: rule).contains(value))
    case "pattern": return require(value.text.map { text in matches(text, rule.text ?? "") } ?? true)
    case "minLength": return require(value.text.map { $0.unicodeScalars.count >= integer(rule) } ?? true)
    case "maxLength": return require(value.text.map { $0.unicodeScalars.count <= integer(rule) } ?? true)
    case "minimum": return require(number(value).map { $0 >= number(rule) ?? 0 } ?? true)
    case "maximum": return require(number(value).map { $0 <= number(rule) ?? 0 } ?? true)
    case "required": return items(of: rule).compactMap(\.text).filter { value[$0] == nil }.map { "\(place): \($0) is missing" }
    case "properties":
      guard case .object(let members) = rule else { return ["\(place): properties"] }
      return members.flatMap { member in value[member.name].map { faults($0, member.value, "\(place).\(member.name)") } ?? [] }
    case "items":
      return items(of: value).enumerated().flatMap { faults($1, rule, "\(place)[\($0)]") }
    case "allOf": return items(of: rule).flatMap { faults(value, $0, place) }
    case "oneOf": return require(items(of: rule).filter { faults(value, $0, place).isEmpty }.count == 1)
    case "not": return require(!faults(value, rule, place).isEmpty)
    default: return ["\(place): the schema uses \(keyword), which this validator doesn't know"]
    }
  }

  private func unknownMembers(_ value: JSONValue, _ schemas: [JSONValue], _ place: String) -> [String] {
    let schemas = schemas.compactMap { resolved($0) }
    switch value {
    case .array(let items):
      return items.enumerated().flatMap { unknownMembers($1, schemas.compactMap { $0["items"] }, "\(place)[\($0)]") }
    case .object(let members):
      return members.flatMap { member in
        let known = schemas.compactMap { $0["properties"]?[member.name] }
        return known.isEmpty
          ? ["\(place).\(member.name): not in the schema"] : unknownMembers(member.value, known, "\(place).\(member.name)")
      }
    case .null, .boolean, .number, .string: return []
    }
  }

  private static func type(of value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .boolean: "boolean"
    case .number(let text): Int64(text) == nil ? "number" : "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  private func items(of value: JSONValue) -> [JSONValue] { if case .array(let items) = value { items } else { [] } }

  private func number(_ value: JSONValue) -> Int64? { if case .number(let text) = value { Int64(text) } else { nil } }

  private func integer(_ value: JSONValue) -> Int { number(value).map { Int($0) } ?? -1 }

  private func matches(_ text: String, _ pattern: String) -> Bool { text.range(of: pattern, options: .regularExpression) != nil }
}
