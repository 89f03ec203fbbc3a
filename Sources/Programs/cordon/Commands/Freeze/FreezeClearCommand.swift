internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon freeze clear TABLE…` (S0-FRZ-02, S0-FRZ-08).
struct FreezeClearCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Let frozen tables take writes again, within a second.",
    discussion: "Prints those that were frozen. Clearing what isn't frozen is fine, and audited too.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: FreezeArguments
  @OptionGroup var operation: OperatorOptions

  func run() async throws {
    let (tables, act) = (try target.tables(), try operation.act())
    let cleared = try await DatabaseSession.with(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        try await FreezeOperations(database: database, redis: redis).clear(tables, by: act)
      }
    }
    output.print(json: ["cleared": FreezeReport.json(cleared)], text: FreezeReport.text(cleared))
  }
}
