internal import Platform

/// Takes out of an answer's body what only names the request: its id, its time, and the things that it asked for. Pure.
struct AnswerWords: Sendable {
  /// Members that every problem document has, of the request alone.
  private static let ofRequest: Set<String> = ["request_id", "instance", "trace_id"]
  private static let tokenBytesMin = 32

  private let asked: [String]
  /// The member and the digits of a number that was asked for.
  private let number: JSONValue.Member?
  private let elidesNumbers: Bool

  init(asked: [String], number: JSONValue.Member? = nil, elidesNumbers: Bool) {
    self.number = number
    // The longer first: one may be a part of the other.
    self.asked = asked.filter { !$0.isEmpty }.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    self.elidesNumbers = elidesNumbers
  }

  func text(of body: [UInt8]) -> String {
    guard let json = try? JSONDocument.parse(body) else { return plain(String(decoding: body, as: UTF8.self)) }
    return JSONWriter.text(of: value(json))
  }

  private func value(_ json: JSONValue) -> JSONValue {
    switch json {
    case .object(let members):
      .object(
        members.filter { !Self.ofRequest.contains($0.name) }.map { .init(name: $0.name, value: $0 == number ? "<asked>" : value($0.value)) }
      )
    case .array(let items): .array(items.map { value($0) })
    case .string(let text): .string(string(text))
    case .number(let digits): elidesNumbers ? "<number>" : .number(digits)
    case .null, .boolean: json
    }
  }

  private func string(_ text: String) -> String {
    var text = text
    for word in asked where word.utf8.count > 3 || word == text { text = text.replacing(word, with: "<asked>") }
    text = text.replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "<uuid>")
    text = text.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/, with: "<time>")
    // A refusal may end in the number that it refuses.
    if case .number(let digits)? = number?.value, text.hasSuffix(" \(digits)") {
      text = String(text.dropLast(digits.count)) + "<asked>"
    }
    return text.utf8.count >= Self.tokenBytesMin && !text.contains(" ") ? "<token>" : text
  }

  /// A body that isn't JSON: balances are numbers with a point, codes are not.
  private func plain(_ text: String) -> String {
    var text = text
    for word in asked where word.utf8.count > 3 { text = text.replacing(word, with: "<asked>") }
    if elidesNumbers { text = text.replacing(/[0-9]+\.[0-9]+/, with: "<number>") }
    return text.replacing(/[0-9a-f]{32,}/, with: "<digest>")
  }
}
