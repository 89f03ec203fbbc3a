package import Evidence
internal import Glibc
internal import Platform
internal import Witness

/// What is done once for a witness.
package enum WitnessOperations {
  /// Makes a witness: its key, and the state of one that never cosigned anything. They belong together for ever.
  ///
  /// - Returns: what others know of the key.
  package static func create(_ name: KeyName, keyFile: String, stateDirectory: String) throws -> VerifierKey {
    let key = WitnessKey(name: name, key: SigningKey())
    guard let verifier = key.verifier else { throw OperationRefused(.unusable, "the key can't be used") }
    try WitnessKeyFile(path: keyFile).create(key)
    do throws(FileFault) {
      try WitnessState.create(stateDirectory, for: key)
    } catch {
      // A key without its folder would be of no use.
      unlink(keyFile)
      throw OperationRefused(.conflict, error.description)
    }
    return verifier
  }
}
