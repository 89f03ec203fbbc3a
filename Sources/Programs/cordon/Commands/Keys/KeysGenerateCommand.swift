internal import ArgumentParser
internal import Composition

/// `cordon keys generate`.
struct KeysGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Print a new set of every secret that the roles need, as NAME=VALUE lines.",
    discussion: """
      For development machines and tests. Each call makes new ones. In production each secret comes from its own place, to those \
      roles alone that need it (docs/operating/configuration.md). Use it as: (umask 077 && cordon keys generate > secrets.env)
      """)

  func run() throws {
    let secrets = try SecretGenerator().generate().sorted { $0.key < $1.key }
    Terminal.data(secrets.map { "\($0.key)=\(ShellQuoting.quoted($0.value))" }.joined(separator: "\n"))
  }
}
