internal import ArgumentParser
internal import Composition
internal import Evidence

/// `cordon keys signing show` (S4-KEY-03).
struct KeysSigningShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the public keys of a key history, one a line, as cordon-verify --keys takes them.")

  @Option(name: .customLong("key"), help: "The key's file; its history is read, not the key.")
  var file: String

  @Flag(help: "Print the key history itself, as cordon-verify --history takes it.")
  var history = false

  func run() throws {
    let keys = try SigningKeyFile(path: file).history()
    guard history else { return Terminal.data(try TrustLine.text(of: keys)) }
    Terminal.data(String(decoding: keys.bytes.dropLast(), as: UTF8.self))
  }
}
