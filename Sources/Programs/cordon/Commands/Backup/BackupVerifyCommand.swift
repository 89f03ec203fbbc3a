internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Logging
internal import Platform

/// `cordon backup verify` (S4-RST-02).
struct BackupVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Restore a backup into a PostgreSQL of its own, and compare all of it with what was signed.",
    discussion: """
      Touches no other database. Every table must hold what the manifest says, every chain and checkpoint is recomputed, each signature is checked, \
      and nothing may contradict what was published. A backup that is merely behind is told in entries and seconds. The verdict stays beside the \
      manifest. Exit status 3 with a finding.
      """)

  @OptionGroup var source: BackupSourceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var restore: RestoreOptions

  @Argument(help: "The backup's folder.")
  var backup: String

  func run() async throws {
    let request = try restore.request(BackupFolder(path: backup), source, live: [:])
    let verdict = try await BackupVerification(build: .current, logger: Logger(label: "cordon.backup")).run(request) {
      Terminal.message($0)
    }
    output.print(json: VerdictReport.json(verdict), text: VerdictReport.text(verdict))
    guard verdict.isVerified else { throw CommandFailure(.verificationFailed, "\(backup) is not to be restored") }
  }
}
