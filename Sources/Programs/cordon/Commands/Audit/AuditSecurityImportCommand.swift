internal import ArgumentParser
internal import Audit
internal import Composition
internal import Platform

/// `cordon audit security import` (S3-FALL-07).
struct AuditSecurityImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring violations that were kept in the fallback file into security_audit_logs.",
    discussion: """
      Repeatable: a line whose violation is in the table changes nothing, and the file stays as it is. Run it before the file is rotated. Exit status 3 when a \
      line can't be read; the others are imported all the same.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Option(help: "The file; SECURITY_LOG_PATH without it.")
  var file: String?

  func run() async throws {
    let act = try operation.act()
    let path = try file ?? ConfigurationOptions.require(Settings.securityLogPath, in: configuration.load())
    let result = try await DatabaseSession.writing(configuration) { database in
      try await SecurityAuditOperations(database: database).bringIn(SecurityLogFile(path: path), by: act)
    }
    output.print(
      json: [
        "imported": .integer(result.imported), "known": .integer(result.known),
        "unreadable": .array(result.unreadable.map { .integer($0) }),
      ],
      text: "\(path): \(result.imported) imported, \(result.known) were there")
    guard result.unreadable.isEmpty else {
      throw CommandFailure(.verificationFailed, "lines that can't be read: \(result.unreadable.map(String.init).joined(separator: ", "))")
    }
  }
}
