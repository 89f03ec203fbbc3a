internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon freeze status`.
struct FreezeStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Which tables are frozen and for how long, also those frozen with redis-cli.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let frozen = try await DatabaseSession.with(configuration) { database in
      try await RedisSession.with(configuration) { redis in try await FreezeOperations(database: database, redis: redis).frozen() }
    }
    output.print(json: FreezeReport.json(frozen), text: FreezeReport.text(frozen))
  }
}
