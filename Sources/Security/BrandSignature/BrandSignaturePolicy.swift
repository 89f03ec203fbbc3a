package import Kernel

/// What a consumer does with a signature that doesn't count.
package struct BrandSignaturePolicy: Sendable {
  /// `WALLET_BRAND_SIGNATURE_REQUIRE`, off by default and independent of the enforcement mode (S0-SIG-03, S0-SIG-16).
  package let isRequired: Bool
  package let mode: EnforcementMode
  package let environment: DeploymentEnvironment

  package init(isRequired: Bool, mode: EnforcementMode, environment: DeploymentEnvironment) {
    self.isRequired = isRequired
    self.mode = mode
    self.environment = environment
  }

  /// - Returns: the refusal, or nil to count and proceed. A write without a signature depends on the flag alone. A write with a bad one
  ///   is refused in `enforce`, and in every mode once signatures are required: else garbage would do where nothing doesn't.
  package func refusal(for failure: BrandSignatureFailure) -> ProblemReason? {
    switch failure {
    case .missing: isRequired ? .brandSignatureMissing : nil
    // The last two are not the caller's fault, and the same write may succeed later.
    case .misconfigured: isRequired || mode.rejects ? .unavailable : nil
    // A machine of a developer goes on without Redis, production doesn't (C-21).
    case .replayUnavailable: environment.isProductionGrade ? .unavailable : nil
    case .unsupportedVersion, .malformed, .callerNotAllowed, .badSignature, .stale, .replay:
      isRequired || mode.rejects ? .brandSignatureInvalid : nil
    }
  }
}
