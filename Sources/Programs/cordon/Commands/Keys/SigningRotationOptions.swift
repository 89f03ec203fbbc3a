internal import ArgumentParser
internal import Composition

/// The two keys of a rotation.
struct SigningRotationOptions: ParsableArguments {
  @Option(name: .customLong("key"), help: "The file of the key that signs now.")
  var current: String

  @Option(name: .customLong("next"), help: "The file of the key that shall, made with cordon keys signing create.")
  var next: String

  func rotation() throws -> SigningRotation {
    try SigningRotation(current: SigningKeyFile(path: current), next: SigningKeyFile(path: next))
  }
}
