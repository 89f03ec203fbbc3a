/// How a private PostgreSQL is run.
package struct PrivatePostgresConfiguration: Sendable {
  package var directory: ServerDirectory
  package var listening: Listening
  /// False only where the data dies with the server, as in tests: commits aren't forced to disk.
  package var durable: Bool
  /// True: the whole directory goes when the server is stopped or this process ends.
  package var removesDirectory: Bool
  package var connectionsMax: Int
  /// Further settings, as in `postgresql.conf`.
  package var settings: [String: String]

  package init(
    directory: ServerDirectory, listening: Listening, durable: Bool = true, removesDirectory: Bool = false, connectionsMax: Int = 200,
    settings: [String: String] = [:]
  ) {
    self.directory = directory
    self.listening = listening
    self.durable = durable
    self.removesDirectory = removesDirectory
    self.connectionsMax = connectionsMax
    self.settings = settings
  }
}
