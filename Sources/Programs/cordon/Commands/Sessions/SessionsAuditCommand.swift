internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon sessions audit` (S0-JWT-14).
struct SessionsAuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Count the sessions in Redis, and those that name no brand.",
    discussion: "Exit status 3 when there is one without a brand: a second brand has to wait for it.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let audit = try await DatabaseSession.with(configuration) { database in
      try await RedisSession.with(configuration) { redis in try await SessionOperations(database: database, redis: redis).audit() }
    }
    output.print(
      json: ["brand_aware": .number("\(audit.brandAware)"), "without_brand": .number("\(audit.withoutBrand.count)")],
      text: "\(audit.brandAware) sessions name their brand, \(audit.withoutBrand.count) don't")
    guard audit.withoutBrand.isEmpty else {
      throw CommandFailure(.verificationFailed, "\(audit.withoutBrand.count) sessions without a brand")
    }
  }
}
