internal import ArgumentParser

/// `cordon drill …`.
struct DrillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill", abstract: "Rehearsals of what is hoped never to happen, with their figures.",
    subcommands: [DrillRestoreCommand.self])
}
