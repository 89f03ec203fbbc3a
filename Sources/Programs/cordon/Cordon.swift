internal import ArgumentParser
internal import Glibc
internal import Logging

/// The program. Commands stand in `Commands/`, a folder for each group and a file for each command.
@main
struct Cordon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cordon",
    abstract: "Several brands on one money platform, and the proof that none can touch another.",
    discussion: """
      Start here: `cordon up --demo` runs everything on this machine and plays a day of two brands.

      Data goes to standard output, messages to standard error. Commands that read take --json.

      Exit status:
      \(ExitStatus.help)
      """,
    subcommands: [
      UpCommand.self, ServeCommand.self, DbCommand.self, BrandCommand.self, OutboxCommand.self, SessionsCommand.self, WalletCommand.self,
      ContainmentCommand.self, ApprovalsCommand.self,
      FreezeCommand.self, FlipCommand.self, GateCommand.self, GameCommand.self, DlqCommand.self, ReplayDlqCommand.self,
      SimulateCommand.self,
      AuditCommand.self, EventsCommand.self, TimelineCommand.self, EvidenceCommand.self, WitnessCommand.self, BackupCommand.self,
      DrillCommand.self,
      ConfigCommand.self,
      KeysCommand.self,
      VerifyCommand.self, VersionCommand.self,
    ])

  static func main() async {
    // Tools report in words on standard error; roles make their own JSON loggers.
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = .warning
      return handler
    }
    do {
      var command = try await asyncParseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      finish(error)
    }
  }

  private static func finish(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    if let failure = FailureRules.failure(error) {
      Terminal.message("cordon: \(failure.message)")
      Glibc.exit(failure.status.rawValue)
    }
    // Help and version are answers, so they go to standard output; everything else that the parser says is a usage error.
    let text = fullMessage(for: error)
    if code.isSuccess { Terminal.data(text) } else { Terminal.message(text) }
    Glibc.exit(code.isSuccess ? ExitStatus.success.rawValue : ExitStatus.usage.rawValue)
  }
}
