/// A JSON value as ``JSONDocument`` read it. Members keep their order; numbers keep their digits.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// The literal as it was written: no rounding happened yet.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }
}

extension JSONValue {
  /// A member's value; nil where there is none, or where this is no object.
  package subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var text: String? { if case .string(let text) = self { text } else { nil } }
}

/// For bodies with a part that is looked at later: only bodies that ``JSONDocument`` read are decoded.
extension JSONValue: Decodable {
  package init(from decoder: any Decoder) throws {
    guard let own = decoder as? JSONValueDecoder else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not read by JSONDocument"))
    }
    self = own.value
  }
}
