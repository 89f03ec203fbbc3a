internal import ArgumentParser
internal import Audit
internal import Composition
internal import Evidence
internal import Kernel
internal import Platform

/// `cordon keys signing list` (S4-RST-05).
struct KeysSigningListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Every key that ever signs, as the database has it, and whether signing is paused.",
    discussion: "Changes nothing.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("operator-name"), help: "The name that checkpoints bear; that of SIGNING_KEY_FILE's history without it.")
  var operatorName: String?

  func run() async throws {
    let name = try name()
    let now = WallClock.system.now()
    let (keys, until) = try await DatabaseSession.with(configuration) { database in
      let operations = SigningOperations(database: database)
      return (try await operations.keys(of: name), try await operations.pausedUntil(now: now))
    }
    let lines = keys.map { key in
      let fingerprint = VerifierKey.fingerprint(of: key.publicKey)
      return "\(key.number) \(fingerprint) from \(key.from)\(key.approval.map { ", approval \($0)" } ?? "")"
    }
    output.print(
      json: [
        "operator_name": .string("\(name)"), "paused_until": until.map { .string("\($0)") } ?? .null,
        "keys": .array(
          keys.map { key in
            [
              "number": .integer(key.number), "fingerprint": .string(VerifierKey.fingerprint(of: key.publicKey)),
              "from": .string("\(key.from)"), "approval": key.approval.map { .string($0) } ?? .null,
            ]
          }),
      ],
      text: (lines.isEmpty ? ["\(name) has no key in this database"] : lines).joined(separator: "\n")
        + (until.map { "\nsigning is paused until \($0)" } ?? ""))
  }

  private func name() throws -> OperatorName {
    if let operatorName {
      guard let name = OperatorName(operatorName) else { throw CommandFailure(.usage, "--operator-name isn't a name") }
      return name
    }
    let path = try ConfigurationOptions.require(Settings.signingKeyFile, in: configuration.load())
    return try SigningKeyFile(path: path).history().operatorName
  }
}
