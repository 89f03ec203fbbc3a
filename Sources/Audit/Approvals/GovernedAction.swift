/// Acts that a second person must approve before they are done (S1-APR-08).
package enum GovernedAction: String, CaseIterable, Sendable {
  /// The subject is the operator's name and the fingerprint of the next key.
  case signingKeyRotation = "signing-key-rotation"
}
