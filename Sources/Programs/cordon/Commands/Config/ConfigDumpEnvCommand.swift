internal import ArgumentParser
internal import Glibc
internal import Platform

/// `cordon config dump-env FILE`, the runbooks' `dump_env_compose` (S0-E2E-10).
struct ConfigDumpEnvCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump-env", abstract: "Print a NAME=VALUE file as `export` lines that a shell can eval, PEM values included.",
    discussion: "Use it as: eval \"$(cordon config dump-env .env.compose.local)\"")

  @Argument(help: "The file; - for standard input.")
  var file: String

  func run() throws {
    guard let text = TextInput.read(file) else { throw CommandFailure(.notFound, "\(file) can't be read") }
    let (lines, faults) = DotenvFile.parse(text)
    if !faults.isEmpty { throw ConfigurationError(faults: faults) }
    Terminal.data(lines.map { "export \($0.name)=\(ShellQuoting.quoted($0.value))" }.joined(separator: "\n"))
  }
}
