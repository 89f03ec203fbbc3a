internal import ArgumentParser
internal import Platform

/// `cordon brand bindings rebuild`.
struct BrandBindingsRebuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild", abstract: "Make Redis say of every host what PostgreSQL says. Safe to repeat, and beside changes.",
    discussion: "Exit status 3 when Redis holds values that are no bindings and belong to no host that PostgreSQL knows; they are left.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Flag(name: .customLong("dry-run"), help: "Only say what would be done.")
  var isDryRun = false

  func run() async throws {
    let rebuild = try await DatabaseSession.with(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        try await DomainBindings(database: database, redis: redis).rebuild(dryRun: isDryRun)
      }
    }
    output.print(json: json(rebuild), text: text(rebuild))
    guard rebuild.left.isEmpty else { throw CommandFailure(.verificationFailed, "\(rebuild.left.count) keys hold no binding") }
  }

  private func text(_ rebuild: DomainBindingRebuild) -> String {
    let lines = ["\(rebuild.durableCount) bindings"] + rebuild.repaired.map { "\(isDryRun ? "would repair" : "repaired") \($0.host)" }
    return (lines + rebuild.left.map { "left \($0.host): not a binding" }).joined(separator: "\n")
  }

  private func json(_ rebuild: DomainBindingRebuild) -> JSONValue {
    [
      "bindings": .number("\(rebuild.durableCount)"), "repaired": .array(rebuild.repaired.map { .string($0.host) }),
      "left": .array(rebuild.left.map { .string($0.host) }), "dry_run": .boolean(isDryRun),
    ]
  }
}
