package import Kernel

/// What a refusal says of the request: which of them the system event ledger keeps (S4-INT-02). Pure.
package enum RefusalClass: String, CaseIterable, Sendable {
  /// Somebody may not do this, or asked too often: who it was could not be established, or has no right to it, or it is another brand's.
  case denial
  /// The platform could not do what it should.
  case failure

  /// Nil for what is the request's own fault or a matter of business: malformed bodies, a balance that doesn't cover the amount, a route that
  /// doesn't exist. An absent row of a brand is a denial, because another brand's row is refused in the same words.
  package init?(_ reason: ProblemReason) {
    switch reason {
    case .rateLimited, .unknownDomain, .jwtDomainMismatch, .missingHeader, .unresolvedBrand, .brandDisabled, .brandRequired, .brandConflict,
      .crossBrandRejected, .unauthenticated, .invalidToken, .tokenExpired, .unknownKeyID, .sessionMissing, .invalidCredentials,
      .refreshReused, .forbidden, .superAdminRequired, .operatorIDMismatch, .operatorClaimMissing, .callerTokenInvalid, .callerMismatch,
      .brandSignatureMissing, .brandSignatureInvalid, .callbackSignatureInvalid, .callbackStale, .playerNotFound, .playerSuspended,
      .agentNotAdmitted, .idempotencyBrandSplit, .transactionNotFound, .receiptMissing, .logSignatureInvalid, .containment, .servicePaused:
      self = .denial
    case .redisError, .outcomeUnknown, .draining, .overloaded, .unavailable, .upstreamUnavailable, .upstreamTimeout, .internalError,
      .witnessStateLost:
      self = .failure
    case .malformedRequest, .invalidJSON, .invalidField, .unknownField, .unsupportedMediaType, .bodyTooLarge, .headerTooLarge,
      .targetTooLong, .requestTimeout, .notFound, .methodNotAllowed, .httpVersionNotSupported, .accountTaken, .brandCodeTaken, .domainTaken,
      .configKeyTaken, .enforcementIncomplete, .idempotencyKeyRequired, .idempotencyKeyInvalid, .idempotencyMismatch, .insufficientFunds,
      .amountOutOfRange, .currencyMismatch, .transactionClosed, .alreadySettled, .alreadyRolledBack, .limitExceeded, .transferNotAllowed,
      .topologyMissing, .policyMissing, .documentVersionConflict, .documentClosed, .activationRefused, .gameProviderDisabled,
      .gameProviderMaintenance, .deadLetterClosed, .deadLetterBusy, .replayRefused, .logUnknown, .checkpointInconsistent:
      return nil
    }
  }

  /// The `event` of the log's line (S4-INT-01). A failure that nobody foresaw is a broken invariant.
  package static func logEvent(_ reason: ProblemReason) -> String? {
    switch RefusalClass(reason) {
    case .denial: "security_denial"
    case .failure where reason == .internalError: "invariant_failure"
    case .failure: "service_failure"
    case nil: nil
    }
  }
}
