package import Contracts
package import HTTPTypes
package import Kernel

/// Whether a body is what an operation takes. Pure.
package enum BodyRules {
  /// The body, read and checked against the declared schema; nil when no body is declared and none came.
  package static func value(headers: HTTPFields, body: [UInt8], schema: JSONSchema?) throws(Problem) -> JSONValue? {
    guard let schema else {
      guard body.isEmpty else { throw Problem(.malformedRequest, detail: "This route takes no body") }
      return nil
    }
    guard isJSON(headers.single("content-type")) else { throw Problem(.unsupportedMediaType) }
    guard headers.single("content-encoding") == nil else {
      throw Problem(.unsupportedMediaType, detail: "Bodies are taken without a content coding")
    }
    let value: JSONValue
    do {
      value = try JSONDocument.parse(body)
    } catch {
      throw Problem(.invalidJSON, detail: error.description)
    }
    if let problem = refusal(of: value, against: schema) { throw problem }
    return value
  }

  /// Why a value isn't what a schema declares; nil when it is.
  package static func refusal(of value: JSONValue, against schema: JSONSchema) -> Problem? {
    problem(of: SchemaRules.faults(of: value, against: schema))
  }

  /// Decodes a body that the schema accepted already. A type that still refuses it disagrees with its own schema about this value,
  /// which is answered as a bad field rather than as a failure.
  package static func decode<Body: Decodable>(_ type: Body.Type, from value: JSONValue?) throws(Problem) -> Body {
    do {
      return try Body(from: JSONValueDecoder(value ?? .null))
    } catch {
      throw Problem(.invalidField, detail: "The body does not fit \(type)")
    }
  }

  private static func problem(of faults: [SchemaFault]) -> Problem? {
    guard !faults.isEmpty else { return nil }
    let reason: ProblemReason = faults.allSatisfy(\.isUnknownField) ? .unknownField : .invalidField
    return Problem(reason, faults: faults.map { Problem.Fault(pointer: $0.pointer, detail: $0.detail) })
  }

  /// `application/json`, alone or with the charset that JSON has anyway.
  private static func isJSON(_ contentType: String?) -> Bool {
    guard let contentType else { return false }
    let parts = contentType.lowercased().split(separator: ";", omittingEmptySubsequences: false).map { part in
      part.filter { $0 != " " && $0 != "\t" }
    }
    guard parts.first == "application/json" else { return false }
    return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
  }
}
