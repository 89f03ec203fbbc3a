internal import ArgumentParser
internal import Kernel
internal import Composition
internal import Platform

/// `cordon brand seed-two`, the runbooks' `setup_local_two_brand` (S0-E2E-01).
struct BrandSeedTwoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed-two", abstract: "Add the brands default and brand2 with their hosts (setup_local_two_brand). Can be repeated.",
    discussion: "For development. default.local and brand2.local lead to them; send the name as Host, no hosts file is needed.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let environment = try configuration.load().environment
    guard !environment.isProductionGrade else {
      throw CommandFailure(.conflict, "the environment is \(environment), and the seed is for development (CORDON_ENV=local)")
    }
    let report = try await DatabaseSession.writing(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        try await TwoBrandSeed(database: database, redis: redis).run(SeedOptions(includesLocalBanks: true))
      }
    }
    output.print(json: json(report), text: text(report))
  }

  private func text(_ report: SeedReport) -> String {
    var table = TextTable("BRAND", "WHAT", "OUTCOME")
    for line in report.lines { table.add(line.brand ?? "-", line.what, line.outcome.rawValue) }
    return table.text
  }

  private func json(_ report: SeedReport) -> JSONValue {
    [
      "changed": .boolean(!report.changedNothing),
      "lines": .array(
        report.lines.map { line in
          ["brand": line.brand.map { .string($0) } ?? .null, "what": .string(line.what), "outcome": .string(line.outcome.rawValue)]
        }),
    ]
  }
}
