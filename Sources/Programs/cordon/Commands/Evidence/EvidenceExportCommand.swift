internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon evidence export` (S4-EXP).
struct EvidenceExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a brand's ledger with its proofs into one file that cordon-verify checks without us.",
    discussion: """
      The same entries under the same checkpoint are the same file, byte for byte. Audited before anything is written. The file appears when it is \
      whole. Without --from and --to, every entry that is signed.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument

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
    let policy = try WitnessPolicyFile.load(configuration.load())
    let written = try await DatabaseSession.writing(configuration) { database in
      let operations = EvidenceOperations(database: database, policy: policy)
      guard let brand = try await operations.brands(brand.id).first else { throw CommandFailure(.notFound, "there is no such brand") }
      var told: Int64 = 0
      return try await operations.export(brand, range, signer: signer, to: file, by: act) { count in
        // Some fifty thousand entries a line.
        guard count - told >= 50_000 else { return }
        told = count
        Terminal.message("\(count) entries")
      }
    }
    output.print(
      json: ["file": .string(file), "entries": .integer(written.entries), "checkpoint_size": .integer(written.size)],
      text: "\(file): \(written.entries) entries under a checkpoint of \(written.size)")
  }

  private func range() throws -> ClosedRange<Int64>? {
    guard from != nil || to != nil else { return nil }
    guard let from, let to, from >= 1, from <= to else { throw CommandFailure(.usage, "--from and --to go together, and ascend from 1") }
    return from...to
  }
}
