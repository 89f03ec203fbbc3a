internal import Platform
internal import Postgres

/// What of a body goes into `payload_json`: the body itself where it is JSON that `jsonb` can hold. The bytes stand beside it in any case.
enum DeadLetterPayload {
  private static let numberCharactersMax = 64

  /// Nil for XML and forms, for JSON that readers understand differently, and for what `jsonb` refuses: a failed write would be a lost callback.
  static func json(of body: [UInt8]) -> JSONText? {
    guard let value = try? JSONDocument.parse(body), isStorable(value), let text = String(validating: body, as: UTF8.self) else {
      return nil
    }
    return JSONText(text)
  }

  private static func isStorable(_ value: JSONValue) -> Bool {
    switch value {
    case .null, .boolean: true
    // `1e999999` is a number of a million digits.
    case .number(let literal): literal.utf8.count <= numberCharactersMax && !literal.contains { $0 == "e" || $0 == "E" }
    case .string(let text): !text.utf8.contains(0)
    case .array(let items): items.allSatisfy(isStorable)
    case .object(let members): members.allSatisfy { !$0.name.utf8.contains(0) && isStorable($0.value) }
    }
  }
}
