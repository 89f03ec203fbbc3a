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
      PUBLISH jwt_public_keys_changed. A key that has leaked goes at once, with `cordon keys emergency`.
      """)

  @Argument(help: "The key id to take out.")
  var key: String

  @OptionGroup var settings: ConfigurationOptions

  func run() throws {
    let effective = try settings.load()
    let keys = try PublicKeysSetting(effective)
    guard let retired = KeyID(key) else { throw CommandFailure(.usage, "\(key) can't be a key id") }
    do throws(KeyRetirementRules.Refusal) {
      try KeyRetirementRules.check(
        retired, among: keys.ids, accessSeconds: Int64(effective.integer(Settings.jwtMinutes) ?? 60) * 60,
        refreshSeconds: effective.seconds(Settings.refreshSeconds).components.seconds, now: WallClock.system.now())
    } catch {
      throw Self.failure(error, key)
    }
    Terminal.data(keys.without(retired).line)
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
