/// The server on which leases are made.
struct SharedPostgres: Sendable {
  /// The role that services log in as.
  static let applicationRole = "cordon_app"

  let applicationPassword: String
  /// Held so that it runs as long as anybody may ask for it; nil when the server isn't ours.
  let server: TestPostgresServer?
  private let superuserLogin: Substring
  /// `host:port`, empty for a unix socket.
  private let hostAndPort: Substring
  /// With its question mark.
  private let query: Substring

  /// - Parameter superuserURL: `postgresql://user:password@host:port/database?…`.
  init(superuserURL: String, applicationPassword: String, server: TestPostgresServer?) {
    self.applicationPassword = applicationPassword
    self.server = server
    let afterScheme = superuserURL.drop { $0 != "/" }.drop { $0 == "/" }
    let authority = afterScheme.prefix { $0 != "/" && $0 != "?" }
    superuserLogin = authority.contains("@") ? authority.prefix { $0 != "@" } : ""
    hostAndPort = authority.contains("@") ? authority.drop { $0 != "@" }.dropFirst() : authority
    query = afterScheme.drop { $0 != "?" }
  }

  func superuserURL(database: String = "postgres") -> String { url(login: superuserLogin, database: database) }

  func applicationURL(database: String) -> String {
    url(login: "\(Self.applicationRole):\(applicationPassword)", database: database)
  }

  private func url(login: some StringProtocol, database: String) -> String {
    "postgresql://\(login)@\(hostAndPort)/\(database)\(query)"
  }
}
