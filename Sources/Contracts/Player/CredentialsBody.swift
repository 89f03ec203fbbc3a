internal import Kernel

/// What a player logs in with. An account or password that no player could have is answered like a wrong one.
package struct CredentialsBody: Codable, Hashable, JSONSchemaProviding {
  package let account: String
  package let password: String

  package init(account: String, password: String) {
    self.account = account
    self.password = password
  }

  package static let jsonSchema = JSONSchema.object(
    name: "Credentials",
    fields: [
      .required("account", .string(length: 1...64, pattern: .printable, example: "alice"), "The account of registration."),
      .required("password", .string(length: 1...Limits.passwordBytesMax), "The password of registration."),
    ])
}
