internal import Glibc

/// Whom a server runs as. PostgreSQL refuses root, and Redis should not have its powers either; so as root each server gets the
/// unprivileged account that its Debian package made, and otherwise both run as whoever started us.
struct ServerAccount: Sendable {
  let name: String
  let user: uid_t
  let group: gid_t
  /// True when it isn't the account of this process, so that files must be handed over and programs started through `setpriv`.
  let isOther: Bool

  static let current = ServerAccount(name: "the current user", user: geteuid(), group: getegid(), isOther: false)

  /// The first of the accounts that exists, when we are root; the current one otherwise.
  static func unprivileged(_ names: [String]) throws(PrivateServerError) -> ServerAccount {
    guard geteuid() == 0 else { return .current }
    for name in names {
      if let account = lookUp(name) { return account }
    }
    throw PrivateServerError(
      .notInstalled,
      "servers don't run as root, and this machine has no account \(names.joined(separator: " or ")) for them; scripts/bootstrap installs the packages that make it"
    )
  }

  /// `command` as this account would start it. No new privileges and no inherited capabilities, whatever the program's file says.
  func wrapping(_ command: [String]) throws(PrivateServerError) -> [String] {
    guard isOther else { return command }
    guard let setpriv = ServerLocator.program("setpriv") else {
      throw PrivateServerError(.notInstalled, "setpriv (package util-linux) is missing; as root it is what starts a server as \(name)")
    }
    return [setpriv, "--reuid=\(user)", "--regid=\(group)", "--init-groups", "--inh-caps=-all", "--no-new-privs", "--"] + command
  }

  private static func lookUp(_ name: String) -> ServerAccount? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16 * 1024)
    guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
    return ServerAccount(name: name, user: entry.pw_uid, group: entry.pw_gid, isOther: true)
  }
}
