internal import Contracts
internal import Kernel
internal import Platform

/// A value to configure. The value itself is read from the request's own bytes, so that numbers keep their digits.
struct ConfigurationBody: Decodable, JSONSchemaProviding {
  let reason: String?

  static let jsonSchema = JSONSchema.object(
    name: "ConfigurationValue",
    fields: [
      .required("value", .any, "The value; a number, text, list or object, as the key wants it."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])

  /// The member `value` of a body that the schema accepted.
  static func value(of request: EndpointRequest) throws(Problem) -> JSONValue { try member("value", of: request) }

  static func member(_ name: String, of request: EndpointRequest) throws(Problem) -> JSONValue {
    guard case .object(let members)? = try? JSONDocument.parse(request.body), let found = members.first(where: { $0.name == name }) else {
      throw Problem(.invalidField, faults: [.init(pointer: "/\(name)", detail: "is required")])
    }
    return found.value
  }
}
