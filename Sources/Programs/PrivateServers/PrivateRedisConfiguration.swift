/// How a private Redis is run.
package struct PrivateRedisConfiguration: Sendable {
  package var directory: ServerDirectory
  package var listening: Listening
  /// False only where the data dies with the server, as in tests: no append-only file.
  package var durable: Bool
  /// True: the whole directory goes when the server is stopped or this process ends.
  package var removesDirectory: Bool

  package init(directory: ServerDirectory, listening: Listening, durable: Bool = true, removesDirectory: Bool = false) {
    self.directory = directory
    self.listening = listening
    self.durable = durable
    self.removesDirectory = removesDirectory
  }
}
