internal import ArgumentParser
internal import Audit
internal import Composition
internal import Kernel
internal import Platform

/// `cordon evidence publish`.
struct EvidencePublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Write the brands' logs as static files that anyone may read: checkpoints and tiles of hashes, no entries.",
    discussion: """
      The folder's `log/brand/<N>/<ledger>` is what C2SP tlog-tiles expects under a log's address. Repeatable: full tiles are written once, the checkpoint last. \
      A log that doesn't continue what the folder has is refused with exit status 3.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("to"), help: "The folder; it is made where it isn't there.")
  var directory: String

  @Option(help: "The brand's number; every brand without it.")
  var brand: BrandArgument?

  func run() async throws {
    let policy = try WitnessPolicyFile.load(configuration.load())
    let results = try await DatabaseSession.with(configuration) { database in
      let operations = EvidenceOperations(database: database, policy: policy)
      return try await operations.publish(try await operations.brands(brand?.id), to: directory) { brand, tiles in
        // Some million entries a line.
        if tiles % 4096 == 0 { Terminal.message("brand \(brand.code): \(tiles) tiles") }
      }
    }
    output.print(json: .array(results.map(Self.json)), text: text(results))
  }

  private static func json(_ result: LogFiles.Result) -> JSONValue {
    ["origin": .string("\(result.origin)"), "size": .integer(result.size), "tiles_written": .integer(Int64(result.tiles))]
  }

  private func text(_ results: [LogFiles.Result]) -> String {
    var table = TextTable("LOG", "ENTRIES", "TILES WRITTEN")
    for result in results { table.add("\(result.origin)", "\(result.size)", "\(result.tiles)") }
    return table.text
  }
}
