/// What a witness is started with.
package struct WitnessOptions: Sendable {
  package let keyFile: String
  package let stateDirectory: String
  package let logsFile: String
  package let host: String
  package let port: Int
  package let perMinute: Int

  /// - Parameters:
  ///   - port: 0 for any.
  ///   - perMinute: checkpoints of one log.
  package init(keyFile: String, stateDirectory: String, logsFile: String, host: String, port: Int, perMinute: Int) {
    self.keyFile = keyFile
    self.stateDirectory = stateDirectory
    self.logsFile = logsFile
    self.host = host
    self.port = port
    self.perMinute = perMinute
  }
}
