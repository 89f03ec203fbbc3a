internal import ArgumentParser
internal import Composition
internal import Evidence
internal import Kernel

/// `cordon keys signing create` (S4-KEY-02).
struct KeysSigningCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make the first signing key of an operator, and its key history in FILE.history.",
    discussion: "Needs no database and no network. Refuses to write over a key. Prints what people who verify have to trust.")

  @Option(name: .customLong("operator-name"), help: "The name that every checkpoint will bear, such as wallets.example.com.")
  var operatorName: String

  @Option(name: .customLong("out"), help: "The key's file; only its owner can read it.")
  var file: String

  func run() throws {
    guard let name = OperatorName(operatorName) else {
      throw CommandFailure(.usage, "--operator-name is parts of a-z, 0-9, - and . with a slash between them")
    }
    let history = try SigningKeyFile(path: file).create(name, at: WallClock.system.now())
    Terminal.data(try TrustLine.text(of: history))
  }
}
