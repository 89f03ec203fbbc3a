internal import ArgumentParser
internal import Audit
internal import Composition
internal import Evidence
internal import Kernel
internal import Platform

/// `cordon evidence preserve` (S4-INC-08, S4-EXP-06, S4-EXP-07).
struct EvidencePreserveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preserve",
    abstract: "Write what the logs say of a time into one new folder for an auditor: proven, listed, signed, read-only.",
    discussion: """
      Bundles of every log of the brands, what verifying them said, keys, ids and times, and a signed manifest. The folder appears when it is whole. \
      `cordon-verify FOLDER --keys FILE` checks it without us. Exit status 3 when something in it isn't verified: the folder is there all the same.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Option(name: .customLong("case"), help: "What the case is called.")
  var caseID: String

  @Option(help: "The brand's number; may be given again.")
  var brand: [BrandArgument] = []

  @Flag(help: "The acts on the platform itself, too.")
  var platform = false

  @Option(help: "The beginning of the time: 2026-11-25T12:00:00Z, or Unix seconds.")
  var from: TimeArgument

  @Option(help: "The end of the time, which is part of it.")
  var to: TimeArgument

  @Option(name: .customLong("out"), help: "The folder that is made; it must not be there.")
  var folder: String

  @Option(help: "An isolation certificate that belongs to the case; may be given again.")
  var certificate: [String] = []

  @Option(help: "Another file that belongs to the case; may be given again. One that holds a secret is refused.")
  var attach: [String] = []

  @Option(help: "The key file; SIGNING_KEY_FILE without it.")
  var key: String?

  func run() async throws {
    let act = try operation.act()
    guard from.time <= to.time else { throw CommandFailure(.usage, "--from is after --to") }
    guard !brand.isEmpty || platform else { throw CommandFailure(.usage, "--brand or --platform says whose ledgers") }
    let effective = try configuration.load()
    let path = try key ?? ConfigurationOptions.require(Settings.signingKeyFile, in: effective)
    let signer = try SigningKeyFile(path: path).load()
    let policy = try WitnessPolicyFile.text(effective)
    let request = CasePreservation.Request(
      caseID: caseID, scopes: scopes, times: from.time...to.time, path: folder, certificates: certificate, attachments: attach,
      secrets: effective.secretValues + (try SigningKeyFile(path: path).secretLines()))
    let manifest = try await DatabaseSession.writing(configuration) { database in
      let operations = EvidenceOperations(database: database)
      for one in brand { _ = try await operations.brands(one.id) }
      let preservation = try CasePreservation(database: database, signer: signer, policy: policy, build: .current)
      return try await preservation.run(request, by: act, requestID: RequestIDRules.next()) { Terminal.message($0) }
    }
    output.print(json: json(manifest), text: text(manifest))
    let open = manifest.logs.filter { ![.verified, .noEntries].contains($0.state) || $0.unsigned > 0 }
    guard open.isEmpty else {
      throw CommandFailure(.verificationFailed, "preserved, and not proven: \(open.map(\.name).joined(separator: ", "))")
    }
  }

  /// Each once, brands first.
  private var scopes: [LogScope] {
    let brands = Set(brand.map(\.id)).sorted { $0.rawValue < $1.rawValue }.map { LogScope.brand($0) }
    return platform ? brands + [.platform] : brands
  }

  private func json(_ manifest: CaseManifest) -> JSONValue {
    let logs: [JSONValue] = manifest.logs.map { log in
      [
        "scope": .string("\(log.scope)"), "ledger": .string(log.ledger.rawValue), "state": .string(log.state.rawValue),
        "first_entry": .integer(log.first), "entries": .integer(log.entries), "unsigned": .integer(log.unsigned),
      ]
    }
    return ["folder": .string(folder), "case": .string(caseID), "files": .integer(Int64(manifest.files.count)), "logs": .array(logs)]
  }

  private func text(_ manifest: CaseManifest) -> String {
    var table = TextTable("LOG", "STATE", "FIRST", "ENTRIES", "UNSIGNED")
    for log in manifest.logs {
      table.add("\(log.scope) \(log.ledger.rawValue)", log.state.rawValue, "\(log.first)", "\(log.entries)", "\(log.unsigned)")
    }
    return "\(folder): case \(caseID), \(manifest.files.count) files\n\(table.text)"
  }
}
