internal import ArgumentParser
internal import Platform

/// `cordon version`.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version and the commit it was built from.")

  @OptionGroup var output: OutputOptions

  func run() {
    let build = BuildInformation.current
    output.print(
      json: ["version": .string(build.version), "commit": .string(build.commit)], text: "cordon \(build.version) (\(build.commit))")
  }
}
