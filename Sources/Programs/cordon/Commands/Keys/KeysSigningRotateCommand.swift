internal import ArgumentParser
internal import Composition
internal import Evidence
internal import Kernel
internal import Platform

/// `cordon keys signing rotate` (S4-KEY-02, S4-KEY-07).
struct KeysSigningRotateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Announce another key, which signs the logs from a moment on.",
    discussion: """
      The present key signs the record of the next one; the record goes into the next key's history and into the database, which uses the approval up. \
      From that moment on the present key signs nothing any more, in no process: set SIGNING_KEY_FILE to the next key's file and restart \
      wallet_worker. Run again after an interruption it completes what was begun. Exit status 5 without a valid approval for this very key.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var keys: SigningRotationOptions

  @Option(help: "The approval's id.")
  var approval: ApprovalArgument

  @Option(help: "From when on the next key signs (RFC 3339, or Unix seconds); as soon as may be without it.")
  var from: TimeArgument?

  func run() async throws {
    let act = try operation.act()
    let rotation = try keys.rotation()
    let history = try await DatabaseSession.writing(configuration) { database in
      try await rotation.run(approval.id, from: from?.time, by: act, on: database)
    }
    guard let record = history.records.last else { return }
    let trusted = try TrustLine.text(of: history)
    output.print(
      json: [
        "number": .integer(record.number), "fingerprint": .string(record.fingerprint), "from": .string("\(record.from)"),
        "approval": .string(record.approval ?? ""),
        "trusted_keys": .array(trusted.split(separator: "\n").map { .string("\($0)") }),
      ],
      text: """
        key \(record.number) signs from \(record.from) on, fingerprint \(record.fingerprint)
        set SIGNING_KEY_FILE to \(keys.next) and restart wallet_worker; people who verify may keep the key that they trust, and should add:
        \(trusted)
        """)
  }
}
