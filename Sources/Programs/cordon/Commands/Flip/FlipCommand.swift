internal import ArgumentParser

/// `cordon flip …`, the runbooks' `flip_enforcement`.
struct FlipCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flip", abstract: "Bring the services of a deployment from observe to enforce, or back (flip_enforcement).",
    subcommands: [FlipForwardCommand.self, FlipRevertCommand.self, FlipStatusCommand.self], aliases: ["flip_enforcement"])
}
