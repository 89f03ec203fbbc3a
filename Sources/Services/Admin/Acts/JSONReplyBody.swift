internal import Contracts
internal import HTTPTypes
internal import Platform

/// A reply that holds documents of others (configuration values, audit values), whose numbers must keep their digits. It is written as a
/// JSON value, which is also what the audit keeps of it.
protocol JSONReplyBody: JSONSchemaProviding {
  var json: JSONValue { get }
}

extension Reply {
  static func document(_ body: some JSONReplyBody, status: HTTPResponse.Status = .ok) -> Reply {
    .jsonBytes(Array(JSONWriter.text(of: body.json).utf8), status: status)
  }
}

extension JSONValue {
  init(_ number: Int64) { self = .number(String(number)) }

  /// The text, or `null`.
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }
}
