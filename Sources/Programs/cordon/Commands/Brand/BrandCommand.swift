internal import ArgumentParser

/// `cordon brand …`.
struct BrandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brand", abstract: "Brands and the hosts that lead to them.",
    subcommands: [
      BrandListCommand.self, BrandSeedTwoCommand.self, BrandBindingsCommand.self, BrandConfigCommand.self, BrandDoctorCommand.self,
    ])
}
