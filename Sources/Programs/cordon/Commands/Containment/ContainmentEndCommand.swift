internal import ArgumentParser
internal import Audit
internal import Composition
internal import Evidence
internal import Platform

/// `cordon containment end`.
struct ContainmentEndCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Let a contained brand write again.",
    discussion: """
      Checks the brand's logs first, as cordon evidence check does, and refuses with exit status 3 while one is not as it was signed; --unverified \
      ends it all the same. Audited. Not contained: exit status 0, and nothing changes.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  @Flag(help: "Also while its logs are not as they were signed.")
  var unverified = false

  func run() async throws {
    let act = try operation.act()
    if !change.isDryRun { try change.requireConsent("Let brand \(brand.id) write again?") }
    let isDryRun = change.isDryRun
    let isChanged = try await DatabaseSession.writing(configuration) { database in
      let evidence = EvidenceOperations(database: database)
      if !unverified {
        for log in try evidence.logs(of: .brand(brand.id), only: []) {
          let result = try await evidence.check(log) { _ in }
          if let refusal = result.refusal {
            throw CommandFailure(.verificationFailed, "\(log.ledger.rawValue) is not as it was signed: \(refusal)")
          }
        }
      }
      let operations = ContainmentOperations(database: database)
      guard isDryRun else { return try await operations.end(brand.id, by: act) }
      return try await operations.status(brand.id).contains { $0.history.first.map { $0.end == nil } ?? false }
    }
    output.print(
      json: ["brand_id": .number("\(brand.id)"), "changed": .boolean(isChanged), "dry_run": .boolean(isDryRun)],
      text: isChanged ? "brand \(brand.id) \(isDryRun ? "would take" : "takes") writes again" : "brand \(brand.id) is not contained")
  }
}
