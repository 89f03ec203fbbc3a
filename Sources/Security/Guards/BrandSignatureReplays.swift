/// Remembers signatures, so that each is good for one request. Without one, a captured request can be sent again within the window;
/// the wallet's idempotency then answers it without moving money.
package protocol BrandSignatureReplays: Sendable {
  /// - Throws: `BrandSignatureFailure.replay` for a signature that was remembered before, `.replayUnavailable` if that can't be told.
  func remember(_ proof: BrandSignatureProof) async throws(BrandSignatureFailure)
}
