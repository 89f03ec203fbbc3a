internal import ArgumentParser
internal import Kernel
internal import Platform
internal import Security

/// `cordon keys retire KID` (S0-JWT-06).
struct KeysRetireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Print JWT_PUBLIC_KEYS without an old key, once no token of it can be alive.",
    discussion: """
      Refused until JWT_EXPIRE_MIN, REFRESH_TOKEN_TTL and 60 minutes have passed since the end of the day on which the key's successor was \
      made; key ids tell it (YYYYMMDD-N). Nothing is changed: put the printed value where the verifiers read it, then \
      PUBLISH jwt_public_keys_changed. A key that has leaked is taken out by hand and at once, and `cordon sessions invalidate --all` follows.
      """)

  @Argument(help: "The key id to take out.")
  var key: String

  @OptionGroup var settings: ConfigurationOptions

  func run() throws {
    let effective = try settings.load()
    let keys = try ConfigurationOptions.require(Settings.jwtPublicKeys, in: effective)
    guard case .object(let members) = try JSONDocument.parse(Array(keys.utf8)) else {
      throw CommandFailure(.usage, "JWT_PUBLIC_KEYS is no JSON object")
    }
    guard let retired = KeyID(key) else { throw CommandFailure(.usage, "\(key) can't be a key id") }
    do throws(KeyRetirementRules.Refusal) {
      try KeyRetirementRules.check(
        retired, among: members.compactMap { KeyID($0.name) }, accessSeconds: Int64(effective.integer(Settings.jwtMinutes) ?? 60) * 60,
        refreshSeconds: effective.seconds(Settings.refreshSeconds).components.seconds, now: WallClock.system.now())
    } catch {
      throw Self.failure(error, key)
    }
    let rest = JSONValue.object(members.filter { $0.name != key })
    Terminal.data("JWT_PUBLIC_KEYS=\(ShellQuoting.quoted(JSONWriter.text(of: rest)))")
  }

  private static func failure(_ refusal: KeyRetirementRules.Refusal, _ key: String) -> CommandFailure {
    switch refusal {
    case .unknownKey: CommandFailure(.notFound, "JWT_PUBLIC_KEYS has no key \(key)")
    case .notDated: CommandFailure(.conflict, "nobody knows since when \(key) isn't used: key ids of the form YYYYMMDD-N tell it")
    case .noSuccessor: CommandFailure(.conflict, "\(key) is the newest key, which still signs")
    case .tooEarly(let successor, let until):
      CommandFailure(.conflict, "tokens of \(key) may be alive until \(until): \(successor) has followed it too lately")
    }
  }
}
