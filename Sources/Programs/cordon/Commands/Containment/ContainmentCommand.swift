internal import ArgumentParser

/// `cordon containment …` (S4-INC-07).
struct ContainmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "containment", abstract: "Stop a brand's writes while its data is under suspicion; reads go on.",
    subcommands: [ContainmentBeginCommand.self, ContainmentEndCommand.self, ContainmentStatusCommand.self])
}
