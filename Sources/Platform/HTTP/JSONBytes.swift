internal import FoundationEssentials

/// JSON text to and from values. Decoding happens after ``JSONDocument`` and the schema accepted the text.
package enum JSONBytes {
  /// Keys sorted, no spaces, slashes as they are: equal values have equal bytes.
  package static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }

  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
