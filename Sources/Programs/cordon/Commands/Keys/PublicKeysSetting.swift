internal import Kernel
internal import Platform
internal import Security

/// `JWT_PUBLIC_KEYS` as this command's own configuration has it.
struct PublicKeysSetting {
  private let members: [JSONValue.Member]

  init(_ configuration: EffectiveConfiguration) throws {
    let text = try ConfigurationOptions.require(Settings.jwtPublicKeys, in: configuration)
    guard case .object(let members) = try JSONDocument.parse(Array(text.utf8)) else {
      throw CommandFailure(.usage, "JWT_PUBLIC_KEYS is no JSON object")
    }
    self.members = members
  }

  private init(members: [JSONValue.Member]) { self.members = members }

  var ids: [KeyID] { members.compactMap { KeyID($0.name) } }

  func without(_ key: KeyID) -> PublicKeysSetting { PublicKeysSetting(members: members.filter { $0.name != key.rawValue }) }

  var json: String { JSONWriter.text(of: .object(members)) }

  /// As a file of settings has it.
  var line: String { "JWT_PUBLIC_KEYS=\(ShellQuoting.quoted(json))" }
}
