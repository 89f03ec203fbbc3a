internal import ArgumentParser
internal import Kernel
internal import Platform

/// `cordon config check ROLE…` (S4-START-01).
struct ConfigCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check the configuration that these roles would start with; every fault at once.",
    discussion: "Exit status 2 when there is a fault. Without roles, only forms and names are checked, not what a role requires.")

  @OptionGroup var roles: RoleArguments
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let effective = try configuration.load(roles: roles.roles())
    output.print(
      json: [
        "environment": .string(effective.environment.label), "production_grade": .boolean(effective.environment.isProductionGrade),
        "enforcement_mode": .string(effective.enforcement.rawValue),
      ],
      text: "valid: environment \(effective.environment), enforcement \(effective.enforcement.rawValue)")
  }
}
