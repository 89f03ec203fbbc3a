internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon audit security check` (S3-TBL-07).
struct AuditSecurityCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check columns, indexes, CHECK, triggers and policy of security_audit_logs.",
    discussion: "Exit status 3 when something isn't as the migration made it. Changes nothing.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let differences = try await DatabaseSession.with(configuration) { try await SecurityAuditOperations(database: $0).differences() }
    output.print(
      json: ["differences": .array(differences.map { .string($0) })],
      text: differences.isEmpty ? "security_audit_logs is as it should be" : differences.joined(separator: "\n"))
    guard differences.isEmpty else {
      throw CommandFailure(.verificationFailed, "security_audit_logs is not as the migration made it: stop, and repair it before going on")
    }
  }
}
