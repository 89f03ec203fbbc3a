internal import ArgumentParser
internal import Composition
internal import Evidence

/// `cordon witness key create`.
struct WitnessKeyCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a witness: its key, and the folder in which it remembers what it cosigned.",
    discussion: """
      Needs no database and no network. Never over a key or a folder that is there. Key and folder belong together: a folder that is lost can't be \
      made again for the same key, since a witness that forgets can be made to cosign another history. Prints the public key, as policies take it \
      (docs/operating/witnesses.md).
      """)

  @Option(help: "What the witness is called in cosignatures: an address without a scheme, such as witness.example.org/w1.")
  var name: String

  @Option(name: .customLong("out"), help: "The key's file; only its owner can read it.")
  var file: String

  @Option(name: .customLong("state"), help: "The folder of what was cosigned.")
  var directory: String

  func run() throws {
    guard let name = KeyName(name) else { throw CommandFailure(.usage, "--name has no white space and no +, and 255 bytes at most") }
    Terminal.data(try WitnessOperations.create(name, keyFile: file, stateDirectory: directory).description)
  }
}
