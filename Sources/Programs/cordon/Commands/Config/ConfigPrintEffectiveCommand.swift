internal import ArgumentParser
internal import Platform

/// `cordon config print-effective`.
struct ConfigPrintEffectiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print-effective", abstract: "Print every setting with its value and where that came from. Secrets are not shown.")

  @OptionGroup var roles: RoleArguments
  @OptionGroup var configuration: ConfigurationOptions
  @Flag(help: "Print JSON for programs instead of text for people.")
  var json = false

  func run() throws {
    let effective = try configuration.load(roles: roles.roles())
    Terminal.data(json ? ConfigurationReport.json(of: effective) : ConfigurationReport.text(of: effective))
  }
}
