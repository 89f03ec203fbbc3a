/// Why a brand-scoped write's signature doesn't count, in the order of the checks. The raw value is the `reason` label of
/// `wallet_brand_signature_failed_total`; the set is closed (S0-SIG-18) and `docs/formats/brand-signature.md` lists it.
package enum BrandSignatureFailure: String, Error, CaseIterable, Sendable {
  /// The verifier has no active key, or one that is too short. A previous key alone is a misconfiguration too (S0-SIG-07).
  case misconfigured
  /// There is no `X-Brand-Signature`.
  case missing
  /// The value doesn't begin with `v1.`.
  case unsupportedVersion = "unsupported_version"
  /// The value has not the written form.
  case malformed
  /// The caller is none of the six that sign (S0-SIG-02).
  case callerNotAllowed = "caller_not_allowed"
  case badSignature = "bad_signature"
  /// Signed outside the window of ``BrandSignatureVerifier/windowSeconds`` around now.
  case stale
  /// The signature was seen before (S0-SIG-08).
  case replay
  /// Whether it was seen before can't be told (S0-SIG-09).
  case replayUnavailable = "replay_unavailable"
}
