internal import ArgumentParser
internal import Audit
internal import Composition
internal import Evidence
internal import Kernel
internal import Platform

/// `cordon evidence export` (S4-EXP).
struct EvidenceExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a brand's ledgers with their proofs into one file that cordon-verify checks without us.",
    discussion: """
      The same entries under the same checkpoint are the same file, byte for byte. Audited before anything is written. The file appears when it is \
      whole. Without --ledger, every ledger of which something is signed; without --from and --to, every entry that is.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument?

  @Flag(help: "The acts on the platform itself, instead of a brand.")
  var platform = false

  @Option(help: "A ledger (\(LedgerArgument.allValueStrings.joined(separator: ", "))); may be given again.")
  var ledger: [LedgerArgument] = []

  @Option(help: "Number of the first entry, from 1.")
  var from: Int64?

  @Option(help: "Number of the last entry.")
  var to: Int64?

  @Option(help: "The key file; SIGNING_KEY_FILE without it.")
  var key: String?

  @Option(name: .customLong("out"), help: "The file that is written; it must not be there.")
  var file: String

  func run() async throws {
    let act = try operation.act()
    let range = try range()
    let path = try key ?? ConfigurationOptions.require(Settings.signingKeyFile, in: configuration.load())
    let signer = try SigningKeyFile(path: path).load()
    let scope = try scope()
    let requestID = RequestIDRules.next()
    let policy = try WitnessPolicyFile.load(configuration.load())
    let plan = try await DatabaseSession.writing(configuration) { database in
      let operations = EvidenceOperations(database: database, policy: policy)
      if case .brand(let brand) = scope { _ = try await operations.brands(brand) }
      var told: Int64 = 0
      let logs = try operations.logs(of: scope, only: ledger.map(\.ledger))
      return try await operations.export(logs, range, signer: signer, to: file, by: act, requestID: requestID) { count in
        // Some fifty thousand entries a line.
        guard count - told >= 50_000 else { return }
        told = count
        Terminal.message("\(count) entries")
      }
    }
    output.print(json: json(plan, requestID), text: text(plan, requestID))
  }

  private func scope() throws -> LogScope {
    switch (brand?.id, platform) {
    case (let brand?, false): return .brand(brand)
    case (nil, true): return .platform
    default: throw CommandFailure(.usage, "either --brand or --platform says whose ledgers")
    }
  }

  private func json(_ plan: LogExport.Plan, _ requestID: String) -> JSONValue {
    let logs: [JSONValue] = plan.parts.map { part in
      [
        "ledger": .string(part.log.ledger.rawValue), "first_entry": .integer(part.log.first + 1), "entries": .integer(part.log.count),
        "checkpoint_size": .integer(part.checkpoint.checkpoint.size),
      ]
    }
    return ["file": .string(file), "request_id": .string(requestID), "entries": .integer(plan.count), "logs": .array(logs)]
  }

  private func text(_ plan: LogExport.Plan, _ requestID: String) -> String {
    let logs = plan.parts.map { "\($0.log.count) of \($0.log.ledger.rawValue) under a checkpoint of \($0.checkpoint.checkpoint.size)" }
    return "\(file): \(plan.count) entries, \(logs.joined(separator: ", ")), request \(requestID)"
  }

  private func range() throws -> ClosedRange<Int64>? {
    guard from != nil || to != nil else { return nil }
    guard let from, let to, from >= 1, from <= to else { throw CommandFailure(.usage, "--from and --to go together, and ascend from 1") }
    guard ledger.count == 1 else { throw CommandFailure(.usage, "--from and --to are numbers of one ledger: name it with --ledger") }
    return from...to
  }
}
