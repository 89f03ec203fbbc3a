internal import Platform

// Looking into documents of which only some members are known.

extension JSONValue {
  var members: [Member] { if case .object(let members) = self { members } else { [] } }
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  var integer: Int64? { if case .number(let literal) = self { Int64(literal) } else { nil } }

  static func optional(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
