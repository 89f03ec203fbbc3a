package import Contracts

/// Whether a value has a declared shape. Pure.
package enum SchemaRules {
  /// Every place at which `value` differs from `schema`, at most ``faultsMax``; empty when it fits.
  package static func faults(of value: JSONValue, against schema: JSONSchema) -> [SchemaFault] {
    var faults: [SchemaFault] = []
    check(value, schema, at: "", into: &faults)
    return faults
  }

  /// A fault list longer than this helps nobody, and would let a request of 64 KiB ask for an answer of megabytes.
  package static let faultsMax = 16

  private static func check(_ value: JSONValue, _ schema: JSONSchema, at pointer: String, into faults: inout [SchemaFault]) {
    guard faults.count < faultsMax else { return }
    switch (schema, value) {
    case (.any, _), (.boolean, .boolean), (.nullable, .null): return
    case (.nullable(let inner), _): check(value, inner, at: pointer, into: &faults)
    case (.object(_, let fields), .object(let members)): check(members, fields, at: pointer, into: &faults)
    case (.map(let values), .object(let members)):
      for member in members { check(member.value, values, at: pointer + "/" + escaped(member.name), into: &faults) }
    case (.array(let items, let countMax), .array(let elements)):
      if elements.count > countMax { faults.append(.invalid(pointer, "at most \(countMax) elements")) }
      for (index, element) in elements.prefix(countMax).enumerated() { check(element, items, at: "\(pointer)/\(index)", into: &faults) }
    case (.string, .string(let text)), (.choice, .string(let text)):
      if let wrong = textFault(text, schema) { faults.append(.invalid(pointer, wrong)) }
    case (.integer(let range), .number(let literal)):
      if let wrong = integerFault(literal, range) { faults.append(.invalid(pointer, wrong)) }
    default: faults.append(.invalid(pointer, "must be \(name(of: schema))"))
    }
  }

  private static func check(
    _ members: [JSONValue.Member], _ fields: [JSONSchema.Field], at pointer: String, into faults: inout [SchemaFault]
  ) {
    for member in members {
      let place = pointer + "/" + escaped(member.name)
      guard let field = fields.first(where: { $0.name == member.name }) else {
        if faults.count < faultsMax { faults.append(.unknown(bounded(place))) }
        continue
      }
      // An optional member that is null says the same as one that is absent, and decoders agree on it.
      if !field.isRequired, member.value == .null { continue }
      check(member.value, field.schema, at: place, into: &faults)
    }
    for field in fields where field.isRequired && !members.contains(where: { $0.name == field.name }) {
      if faults.count < faultsMax { faults.append(.invalid("\(pointer)/\(escaped(field.name))", "is required")) }
    }
  }

  /// Nil when the text fits a `.string`, `.choice` or `.integer` schema; the last is for path and query values.
  package static func textFault(_ text: String, _ schema: JSONSchema) -> String? {
    switch schema {
    case .string(let length, let pattern, _):
      // PostgreSQL's text can't hold U+0000, so no field of the platform may.
      if text.unicodeScalars.contains("\u{0}") { return "must not contain U+0000" }
      let count = text.unicodeScalars.count
      if !length.contains(count) { return "must have \(length.lowerBound) to \(length.upperBound) characters" }
      if let pattern, !pattern.matches(text) { return "must match \(pattern.rawValue)" }
      return nil
    case .choice(let values): return values.contains(text) ? nil : "must be one of \(values.joined(separator: ", "))"
    case .integer(let range): return integerFault(text, range)
    case .boolean: return text == "true" || text == "false" ? nil : "must be true or false"
    default: return nil
    }
  }

  private static func integerFault(_ literal: String, _ range: ClosedRange<Int64>) -> String? {
    let digits = literal.hasPrefix("-") ? literal.dropFirst() : Substring(literal)
    let isPlain =
      !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && (digits.utf8.count == 1 || !digits.hasPrefix("0"))
    guard isPlain else { return "must be an integer" }
    guard let value = Int64(literal), range.contains(value) else { return "must be from \(range.lowerBound) to \(range.upperBound)" }
    return nil
  }

  private static func name(of schema: JSONSchema) -> String {
    switch schema {
    case .object, .map: "an object"
    case .array: "an array"
    case .string, .choice: "a string"
    case .integer: "an integer"
    case .boolean: "true or false"
    case .nullable(let inner): name(of: inner) + " or null"
    case .any: "a value"
    }
  }

  /// RFC 6901: `~` and `/` in a name.
  private static func escaped(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Names in a request are as long as its sender likes; an answer is not.
  private static func bounded(_ pointer: String) -> String { String(pointer.unicodeScalars.prefix(128).map(Character.init)) }
}
