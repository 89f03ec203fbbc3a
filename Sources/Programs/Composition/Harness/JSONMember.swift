internal import Platform

/// Members of an answer that the harness looks at without knowing the whole of it.
enum JSONMember {
  static func value(_ name: String, of body: [UInt8]) -> JSONValue? {
    guard case .object(let members)? = try? JSONDocument.parse(body) else { return nil }
    return members.first { $0.name == name }?.value
  }

  static func text(_ name: String, of body: [UInt8]) -> String? {
    if case .string(let text)? = value(name, of: body) { text } else { nil }
  }

  /// A number as it was written.
  static func number(_ name: String, of body: [UInt8]) -> String? {
    if case .number(let digits)? = value(name, of: body) { digits } else { nil }
  }
}
