internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon gate attest`.
struct GateAttestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attest", abstract: "State that a condition of the gate holds, and keep the evidence; audited.",
    discussion: """
      The records that the gate asks for:
      \(ReleaseGate.recordNames.map { "  \($0.name): \($0.meaning)" }.joined(separator: "\n"))
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var gate: GateArguments

  @Argument(help: "The record's name.")
  var name: String

  @Option(help: ArgumentHelp("The evidence: a report, an output, a signed page.", valueName: "file"))
  var evidence: String

  func run() async throws {
    let act = try operation.act()
    guard let text = TextInput.bytes(evidence) else { throw CommandFailure(.notFound, "\(evidence) can't be read") }
    let record = try await DatabaseSession.with(configuration) { database in
      try await GateAttestation(folder: gate.records, database: database, build: .current).attest(name, evidence: text, by: act)
    }
    Terminal.data("\(record.name): by \(record.operatorID) at \(record.at), sha256 \(record.evidenceSHA256)")
  }
}
