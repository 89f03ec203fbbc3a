package import Redis

extension RedisConfiguration {
  /// For tests of other things than deadlines: a loaded machine must not turn their answers into refusals.
  package static func patient(url: String) throws -> RedisConfiguration {
    var configuration = try RedisConfiguration(url: url)
    configuration.commandDeadline = .seconds(3)
    configuration.connectTimeout = .seconds(3)
    return configuration
  }
}
