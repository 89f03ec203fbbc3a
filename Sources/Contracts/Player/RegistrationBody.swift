internal import Kernel

/// What a visitor sends to become a player.
package struct RegistrationBody: Codable, Hashable, JSONSchemaProviding {
  package let account: String
  package let password: String
  package let email: String?
  package let phone: String?

  package init(account: String, password: String, email: String? = nil, phone: String? = nil) {
    self.account = account
    self.password = password
    self.email = email
    self.phone = phone
  }

  package static let jsonSchema = JSONSchema.object(
    name: "Registration",
    fields: [
      .required(
        "account", .string(length: Limits.accountCharactersMin...Limits.accountCharactersMax, pattern: .word, example: "alice"),
        "The name to log in with, unique within the brand; Alice and alice are one account."),
      .required(
        "password", .string(length: 1...Limits.passwordBytesMax),
        "\(Limits.passwordBytesMin) to \(Limits.passwordBytesMax) bytes of UTF-8; neither the account nor one of the usual passwords."),
      .optional("email", .string(length: 3...254, pattern: .visibleASCII, example: "alice@example.com"), "E-mail address; kept encrypted."),
      .optional("phone", .string(length: 8...16, pattern: .visibleASCII, example: "+4930901820"), "Phone number, E.164; kept encrypted."),
    ])
}
