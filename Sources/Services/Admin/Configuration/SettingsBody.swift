internal import Contracts
internal import Kernel
internal import Platform

/// Several platform settings at once: all of them are written, or none.
struct SettingsBody: Decodable, JSONSchemaProviding {
  static let settingsMax = 64
  let reason: String?

  static let jsonSchema = JSONSchema.object(
    name: "PlatformSettings",
    fields: [
      .required("settings", .map(values: .any), "Key and value of each, at most \(settingsMax)."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])

  static func settings(of request: EndpointRequest) throws(Problem) -> [(key: String, value: JSONValue)] {
    guard case .object(let members) = try ConfigurationBody.member("settings", of: request), (1...settingsMax).contains(members.count)
    else {
      throw Problem(.invalidField, faults: [.init(pointer: "/settings", detail: "must name 1 to \(settingsMax) settings")])
    }
    for member in members { try ConfigurationRules.accept(member.name, member.value, at: "/settings") }
    return members.map { ($0.name, $0.value) }
  }
}
