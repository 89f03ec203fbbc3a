internal import ArgumentParser

/// `cordon keys signing …`.
struct KeysSigningCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signing", abstract: "The key that signs the ledgers' logs.",
    subcommands: [
      KeysSigningCreateCommand.self, KeysSigningShowCommand.self, KeysSigningListCommand.self, KeysSigningRequestRotationCommand.self,
      KeysSigningRotateCommand.self, KeysSigningPauseCommand.self, KeysSigningResumeCommand.self,
    ])
}
