internal import Glibc

/// Finds the server programs that the distribution installed.
package enum ServerLocator {
  /// The oldest PostgreSQL that has what the schema uses.
  package static let postgresMajorMin = 15

  /// One installed PostgreSQL.
  package struct Postgres: Sendable {
    package let major: Int
    /// The directory with `postgres` and `initdb`.
    package let programs: String
  }

  /// Every usable PostgreSQL, newest first: Debian's versioned directories.
  package static func postgresVersions(under root: String = "/usr/lib/postgresql") -> [Postgres] {
    ServerFiles.entries(of: root)
      .compactMap { name in Int(name).map { Postgres(major: $0, programs: "\(root)/\(name)/bin") } }
      .filter { $0.major >= postgresMajorMin && isExecutable("\($0.programs)/postgres") && isExecutable("\($0.programs)/initdb") }
      .sorted { $0.major > $1.major }
  }

  /// - Parameter dataMajor: the version that made existing data, which only the same major version can open; nil for the newest.
  package static func postgres(forData dataMajor: Int?) throws(PrivateServerError) -> Postgres {
    let versions = postgresVersions()
    guard let newest = versions.first else {
      throw PrivateServerError(
        .notInstalled, "no PostgreSQL \(postgresMajorMin) or later under /usr/lib/postgresql; scripts/bootstrap installs it")
    }
    guard let dataMajor else { return newest }
    guard let match = versions.first(where: { $0.major == dataMajor }) else {
      throw PrivateServerError(
        .notInstalled,
        "the data was made by PostgreSQL \(dataMajor), and only \(newest.major) is installed; install postgresql-\(dataMajor) or upgrade the data with pg_upgradecluster"
      )
    }
    return match
  }

  /// A client program of the newest PostgreSQL, such as `pg_dump`, which refuses servers that are newer than itself.
  package static func postgresClient(_ name: String) throws(PrivateServerError) -> String {
    let versioned = postgresVersions().lazy.map { "\($0.programs)/\(name)" }.first(where: isExecutable)
    guard let path = versioned ?? program(name) else {
      throw PrivateServerError(.notInstalled, "\(name) is not on this machine; scripts/bootstrap installs it")
    }
    return path
  }

  /// `redis-server`, or `valkey-server` where a distribution has replaced it.
  package static func redis() throws(PrivateServerError) -> String {
    for name in ["redis-server", "valkey-server"] {
      if let path = program(name) { return path }
    }
    throw PrivateServerError(.notInstalled, "neither redis-server nor valkey-server is on this machine; scripts/bootstrap installs it")
  }

  /// The path of a program that every Linux system keeps in one of its usual directories.
  package static func program(_ name: String) -> String? {
    ["/usr/bin", "/usr/local/bin", "/bin", "/usr/sbin", "/usr/local/sbin", "/sbin"].map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
}
