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
      whole; until then it is FILE.part, with FILE.part.plan beside it, and --resume goes on with them after whatever stopped an export. Without --ledger, \
      every ledger of which something is signed; without --from and --to, every entry that is.
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

  @Flag(help: "Go on with what an export that was stopped has left; begin where nothing is left.")
  var resume = false

  func run() async throws {
    let act = try operation.act()
    let range = try range()
    let path = try key ?? ConfigurationOptions.require(Settings.signingKeyFile, in: configuration.load())
    let signer = try SigningKeyFile(path: path).load()
    let scope = try scope()
    let requestID = RequestIDRules.next()
    let policy = try WitnessPolicyFile.load(configuration.load())
    let result = try await DatabaseSession.writing(configuration) { database in
      let operations = EvidenceOperations(database: database, policy: policy)
      if case .brand(let brand) = scope { _ = try await operations.brands(brand) }
      let logs = try operations.logs(of: scope, only: ledger.map(\.ledger))
      let request = EvidenceExport.Request(logs: logs, range: range, path: file, isResumed: resume)
      let lines = ProgressLines(of: "entries")
      return try await EvidenceExport(database: database, signer: signer, policy: policy).run(
        request, by: act, requestID: requestID, progress: lines.tell)
    }
    output.print(json: json(result, requestID), text: text(result, requestID))
  }

  private func scope() throws -> LogScope {
    switch (brand?.id, platform) {
    case (let brand?, false): return .brand(brand)
    case (nil, true): return .platform
    default: throw CommandFailure(.usage, "either --brand or --platform says whose ledgers")
    }
  }

  private func json(_ result: EvidenceExport.Result, _ requestID: String) -> JSONValue {
    let logs: [JSONValue] = result.plan.parts.map { part in
      [
        "ledger": .string(part.log.ledger.rawValue), "first_entry": .integer(part.log.first + 1), "entries": .integer(part.log.count),
        "checkpoint_size": .integer(part.checkpoint.checkpoint.size),
      ]
    }
    return [
      "file": .string(file), "request_id": .string(requestID), "bytes": .integer(result.byteCount), "sha256": .string(result.sha256),
      "resumed_at_byte": result.resumedAt.map { .integer($0) } ?? .null, "entries": .integer(result.plan.count), "logs": .array(logs),
    ]
  }

  private func text(_ result: EvidenceExport.Result, _ requestID: String) -> String {
    let logs = result.plan.parts.map {
      "\($0.log.count) of \($0.log.ledger.rawValue) under a checkpoint of \($0.checkpoint.checkpoint.size)"
    }
    return """
      \(file): \(result.plan.count) entries, \(logs.joined(separator: ", "))
      sha256 \(result.sha256)
      request \(requestID)
      """
  }

  private func range() throws -> ClosedRange<Int64>? {
    guard from != nil || to != nil else { return nil }
    guard let from, let to, from >= 1, from <= to else { throw CommandFailure(.usage, "--from and --to go together, and ascend from 1") }
    guard ledger.count == 1 else { throw CommandFailure(.usage, "--from and --to are numbers of one ledger: name it with --ledger") }
    return from...to
  }
}
