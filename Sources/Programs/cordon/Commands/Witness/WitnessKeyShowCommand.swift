internal import ArgumentParser
internal import Composition
internal import Evidence

/// `cordon witness key show`.
struct WitnessKeyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Print a witness's public key, as policies take it.")

  @Option(name: .customLong("key"), help: "The key's file.")
  var file: String

  func run() throws { Terminal.data(try WitnessKeyFile(path: file).load().verifier?.description ?? "") }
}
