package import Contracts
package import HTTPTypes
package import Kernel

/// Whether a body is what an operation takes. Pure.
package enum BodyRules {
  /// Nil when headers and bytes fit the declared schema, or when no body is declared and none came.
  package static func refusal(headers: HTTPFields, body: [UInt8], schema: JSONSchema?) -> Problem? {
    guard let schema else {
      return body.isEmpty ? nil : Problem(.malformedRequest, detail: "This route takes no body")
    }
    guard isJSON(headers.single("content-type")) else { return Problem(.unsupportedMediaType) }
    guard headers.single("content-encoding") == nil else {
      return Problem(.unsupportedMediaType, detail: "Bodies are taken without a content coding")
    }
    do {
      return problem(of: SchemaRules.faults(of: try JSONDocument.parse(body), against: schema))
    } catch {
      return Problem(.invalidJSON, detail: error.description)
    }
  }

  /// Decodes a body that the schema accepted already. A type that still refuses it disagrees with its own schema about this value,
  /// which is answered as a bad field rather than as a failure.
  package static func decode<Body: Decodable>(_ type: Body.Type, from bytes: [UInt8]) throws(Problem) -> Body {
    do {
      return try JSONBytes.decode(type, from: bytes)
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
