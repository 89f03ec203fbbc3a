internal import ArgumentParser
internal import Audit
internal import Composition
internal import Platform

/// `cordon containment begin`.
struct ContainmentBeginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "begin", abstract: "Refuse a brand's writes with 503 containment, from now until somebody ends it.",
    discussion: """
      The database refuses them, in every process, from the moment that this returns. Reads, audits, evidence and the ending of sessions go on. \
      Audited. Contained already: exit status 0, and nothing changes.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  func run() async throws {
    let act = try operation.act()
    if !change.isDryRun { try change.requireConsent("Refuse every write of brand \(brand.id)?") }
    let isDryRun = change.isDryRun
    let isChanged = try await DatabaseSession.writing(configuration) { database in
      let operations = ContainmentOperations(database: database)
      guard isDryRun else { return try await operations.begin(brand.id, by: act) }
      return try await operations.status(brand.id).allSatisfy { $0.history.first.map { $0.end != nil } ?? true }
    }
    output.print(
      json: ["brand_id": .number("\(brand.id)"), "changed": .boolean(isChanged), "dry_run": .boolean(isDryRun)],
      text: isChanged
        ? "brand \(brand.id) \(isDryRun ? "would be" : "is") contained: its writes are refused"
        : "brand \(brand.id) is contained already")
  }
}
