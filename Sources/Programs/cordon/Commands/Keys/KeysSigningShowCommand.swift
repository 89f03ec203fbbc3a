internal import ArgumentParser
internal import Composition

/// `cordon keys signing show` (S4-KEY-03).
struct KeysSigningShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the public keys of a key history, one a line, as cordon-verify --keys takes them.")

  @Option(name: .customLong("key"), help: "The key's file; its history is read, not the key.")
  var file: String

  func run() throws { Terminal.data(try TrustLine.text(of: try SigningKeyFile(path: file).history())) }
}
