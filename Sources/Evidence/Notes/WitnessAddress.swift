/// A witness that a policy names with its address, so that it can be asked.
package struct WitnessAddress: Hashable, Sendable {
  /// What the policy calls it.
  package let name: String
  package let key: VerifierKey
  /// Where `add-checkpoint` is appended to, without a slash at its end.
  package let url: String

  package init(name: String, key: VerifierKey, url: String) {
    self.name = name
    self.key = key
    self.url = url
  }
}
