internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon db backfill verify`, the runbooks' `multi_brand_backfill verify` (S0-MIG-13, S0-MIG-17).
struct DbBackfillVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that everything carries its brand: tables, agents, and the hosts in Redis. Changes nothing.",
    discussion: "Exit status 3 when something doesn't. The harness and the release gate run it first.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let findings = try await DatabaseSession.with(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        try await BackfillVerification(database: database, redis: redis).findings()
      }
    }
    output.print(
      json: ["verified": .boolean(findings.isEmpty), "findings": .array(findings.map { .string($0.description) })],
      text: findings.isEmpty ? "verified: everything carries its brand" : findings.map(\.description).joined(separator: "\n"))
    guard findings.isEmpty else { throw CommandFailure(.verificationFailed, "\(findings.count) findings") }
  }
}
