internal import ArgumentParser

/// `cordon freeze …`.
struct FreezeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freeze", abstract: "Pause the writes to tables while they are migrated or repaired.",
    subcommands: [FreezeSetCommand.self, FreezeClearCommand.self, FreezeStatusCommand.self])
}
