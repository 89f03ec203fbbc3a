/// Every reason for which Cordon's own APIs refuse a request. The raw value is the stable `reason` member of the problem+json
/// body and is public interface: never rename one, only add. `docs/formats/problems.md` documents each; a test compares the two.
package enum ProblemReason: String, CaseIterable, Sendable, Hashable {
  // The request itself.
  case malformedRequest = "malformed_request"
  case invalidJSON = "invalid_json"
  case invalidField = "invalid_field"
  case unknownField = "unknown_field"
  case unsupportedMediaType = "unsupported_media_type"
  case bodyTooLarge = "body_too_large"
  case headerTooLarge = "header_too_large"
  case targetTooLong = "target_too_long"
  case requestTimeout = "request_timeout"
  case notFound = "not_found"
  case methodNotAllowed = "method_not_allowed"
  case rateLimited = "rate_limited"
  case httpVersionNotSupported = "http_version_not_supported"

  // Brand resolution (S0-RES).
  case unknownDomain = "unknown_domain"
  case jwtDomainMismatch = "jwt_domain_mismatch"
  case missingHeader = "missing_header"
  case unresolvedBrand = "unresolved_brand"
  case redisError = "redis_error"
  case brandDisabled = "brand_disabled"
  case brandRequired = "brand_required"
  case brandConflict = "brand_conflict"
  case crossBrandRejected = "cross_brand_rejected"

  // Who is asking.
  case unauthenticated
  case invalidToken = "invalid_token"
  case tokenExpired = "token_expired"
  case unknownKeyID = "unknown_kid"
  case sessionMissing = "session_missing"
  case invalidCredentials = "invalid_credentials"
  case refreshReused = "refresh_reused"
  case forbidden
  case superAdminRequired = "super_admin_required"
  case operatorIDMismatch = "header_vs_jwt"
  case operatorClaimMissing = "jwt_missing_claim"
  case callerTokenInvalid = "caller_token_invalid"
  case callerMismatch = "caller_mismatch"
  case brandSignatureMissing = "brand_signature_missing"
  case brandSignatureInvalid = "brand_signature_invalid"
  case callbackSignatureInvalid = "callback_signature_invalid"
  case callbackStale = "callback_stale"

  // Players and the catalogue.
  case accountTaken = "account_taken"
  case playerNotFound = "player_not_found"
  case playerSuspended = "player_suspended"
  case brandCodeTaken = "brand_code_taken"
  case domainTaken = "domain_taken"
  case agentNotAdmitted = "agent_not_admitted"
  case configKeyTaken = "config_key_taken"
  case enforcementIncomplete = "enforcement_incomplete"

  // Money.
  case idempotencyKeyRequired = "idempotency_key_required"
  case idempotencyKeyInvalid = "idempotency_key_invalid"
  case idempotencyMismatch = "idempotency_mismatch"
  case idempotencyBrandSplit = "idempotency_brand_split"
  case insufficientFunds = "insufficient_funds"
  case amountOutOfRange = "amount_out_of_range"
  case currencyMismatch = "currency_mismatch"
  case transactionNotFound = "transaction_not_found"
  /// The brand has no such ledger entry, or none of its checkpoints covers it yet.
  case receiptMissing = "receipt_missing"
  case transactionClosed = "transaction_closed"
  case alreadySettled = "already_settled"
  case alreadyRolledBack = "already_rolled_back"
  case limitExceeded = "limit_exceeded"
  case transferNotAllowed = "transfer_not_allowed"
  case topologyMissing = "topology_missing"
  case policyMissing = "policy_missing"
  case documentVersionConflict = "document_version_conflict"
  case documentClosed = "document_closed"
  case activationRefused = "activation_refused"
  case outcomeUnknown = "outcome_unknown"

  // Games.
  case gameProviderDisabled = "game_provider_disabled"
  case gameProviderMaintenance = "game_provider_maintenance"

  // Dead letters.
  case deadLetterClosed = "dead_letter_closed"
  case deadLetterBusy = "dead_letter_busy"
  case replayRefused = "replay_refused"

  // Witnesses.
  case logUnknown = "log_unknown"
  case logSignatureInvalid = "log_signature_invalid"
  case checkpointInconsistent = "checkpoint_inconsistent"
  case witnessStateLost = "witness_state_lost"

  // The service.
  case draining
  case overloaded
  case unavailable
  case upstreamUnavailable = "upstream_unavailable"
  case upstreamTimeout = "upstream_timeout"
  case servicePaused = "service_paused"
  /// The brand is under suspicion of tampering: it takes no writes until somebody decides (S4-INC-07).
  case containment
  case internalError = "internal_error"

  /// The HTTP status that carries the reason.
  package var status: Int {
    switch self {
    case .malformedRequest, .invalidJSON, .invalidField, .unknownField, .missingHeader, .brandRequired,
      .idempotencyKeyRequired, .idempotencyKeyInvalid:
      400
    case .unauthenticated, .invalidToken, .tokenExpired, .unknownKeyID, .sessionMissing, .invalidCredentials, .refreshReused,
      .callerTokenInvalid, .callbackSignatureInvalid, .callbackStale:
      401
    case .jwtDomainMismatch, .unresolvedBrand, .brandDisabled, .crossBrandRejected, .forbidden, .superAdminRequired,
      .operatorIDMismatch, .operatorClaimMissing, .callerMismatch, .brandSignatureMissing, .brandSignatureInvalid,
      .playerSuspended, .brandConflict, .gameProviderDisabled, .logSignatureInvalid:
      403
    case .notFound, .unknownDomain, .playerNotFound, .transactionNotFound, .receiptMissing, .logUnknown: 404
    case .methodNotAllowed: 405
    case .requestTimeout: 408
    case .accountTaken, .brandCodeTaken, .domainTaken, .agentNotAdmitted, .configKeyTaken, .enforcementIncomplete, .idempotencyBrandSplit,
      .transactionClosed, .alreadySettled, .alreadyRolledBack, .topologyMissing, .policyMissing, .documentVersionConflict, .documentClosed,
      .activationRefused,
      .deadLetterClosed, .deadLetterBusy, .replayRefused:
      409
    case .bodyTooLarge: 413
    case .targetTooLong: 414
    case .unsupportedMediaType: 415
    case .idempotencyMismatch, .insufficientFunds, .amountOutOfRange, .currencyMismatch, .limitExceeded, .transferNotAllowed,
      .checkpointInconsistent:
      422
    case .rateLimited: 429
    case .headerTooLarge: 431
    case .internalError: 500
    case .upstreamUnavailable: 502
    case .redisError, .outcomeUnknown, .draining, .overloaded, .unavailable, .servicePaused, .containment,
      .gameProviderMaintenance, .witnessStateLost:
      503
    case .upstreamTimeout: 504
    case .httpVersionNotSupported: 505
    }
  }

  /// One constant sentence per reason, for people; details of the single case go into `detail`.
  package var title: String {
    switch self {
    case .malformedRequest: "The request is not valid HTTP for this route"
    case .invalidJSON: "The body is not the JSON that this route takes"
    case .invalidField: "A field has a value that it can't have"
    case .unknownField: "The body has a field that this route doesn't know"
    case .unsupportedMediaType: "This route takes application/json"
    case .bodyTooLarge: "The body is larger than this route takes"
    case .headerTooLarge: "The header section is larger than the server takes"
    case .targetTooLong: "The request target is longer than the server takes"
    case .requestTimeout: "The request did not arrive in time"
    case .notFound: "There is nothing here"
    case .methodNotAllowed: "This route doesn't take that method"
    case .rateLimited: "Too many requests from this address"
    case .httpVersionNotSupported: "The server speaks HTTP/1.1"
    case .unknownDomain: "No brand is bound to this host"
    case .jwtDomainMismatch: "The token belongs to another brand than this host"
    case .missingHeader: "The internal call names no brand"
    case .unresolvedBrand: "The request reached a brand check without a brand"
    case .redisError: "The brand can't be resolved right now"
    case .brandDisabled: "This brand is not serving"
    case .brandRequired: "This write needs a brand"
    case .brandConflict: "The brand of the operator and the brand of the row differ"
    case .crossBrandRejected: "The command addresses another brand's row"
    case .unauthenticated: "The request carries no credentials"
    case .invalidToken: "The token is not valid"
    case .tokenExpired: "The token has expired"
    case .unknownKeyID: "The token names a key that is not accepted"
    case .sessionMissing: "The session has ended"
    case .invalidCredentials: "Account or password is wrong"
    case .refreshReused: "The refresh token was used before; the session has been ended"
    case .forbidden: "This caller may not do that"
    case .superAdminRequired: "This route needs a super-admin"
    case .operatorIDMismatch: "X-Operator-Id differs from the token's admin_id"
    case .operatorClaimMissing: "The token has no admin_id"
    case .callerTokenInvalid: "The internal service token is not accepted"
    case .callerMismatch: "The internal service token belongs to another caller"
    case .brandSignatureMissing: "The brand-scoped write is not signed"
    case .brandSignatureInvalid: "The brand signature does not verify"
    case .callbackSignatureInvalid: "The callback's signature does not verify"
    case .callbackStale: "The callback is not of now"
    case .accountTaken: "The account exists already"
    case .playerNotFound: "There is no such player"
    case .playerSuspended: "The player is suspended"
    case .brandCodeTaken: "The brand code exists already"
    case .domainTaken: "The host is bound already"
    case .agentNotAdmitted: "The agent is not admitted in this brand"
    case .configKeyTaken: "Brands configure this key, so the platform does not"
    case .enforcementIncomplete: "Not every service enforces brand isolation"
    case .idempotencyKeyRequired: "This command needs an Idempotency-Key"
    case .idempotencyKeyInvalid: "The Idempotency-Key is not usable"
    case .idempotencyMismatch: "The Idempotency-Key was used for another request"
    case .idempotencyBrandSplit: "The Idempotency-Key was used under another brand"
    case .insufficientFunds: "The balance doesn't cover the amount"
    case .amountOutOfRange: "The amount is outside the accepted range"
    case .currencyMismatch: "The amount is in another currency than the wallet"
    case .transactionNotFound: "There is no such transaction"
    case .receiptMissing: "There is no receipt"
    case .transactionClosed: "The transaction is in a state that doesn't allow this"
    case .alreadySettled: "The bet has been settled"
    case .alreadyRolledBack: "The bet has been rolled back"
    case .limitExceeded: "The wallet policy doesn't allow this amount"
    case .transferNotAllowed: "The wallet policy doesn't allow a transfer between these buckets"
    case .topologyMissing: "The brand has no active wallet topology"
    case .policyMissing: "The brand has no active wallet policy"
    case .documentVersionConflict: "Another version is active than the request names"
    case .documentClosed: "The version is not one that this can be done to"
    case .activationRefused: "The document can't become the active one as things stand"
    case .outcomeUnknown: "Whether the command was applied is not known yet; retry with the same Idempotency-Key"
    case .gameProviderDisabled: "This game provider can't be played here"
    case .gameProviderMaintenance: "This game provider is being maintained"
    case .deadLetterClosed: "The dead letter has been replayed or abandoned"
    case .deadLetterBusy: "Somebody else is at this dead letter"
    case .replayRefused: "The callback can't be replayed as things stand"
    case .logUnknown: "The witness doesn't know this log"
    case .logSignatureInvalid: "The checkpoint isn't signed by a key of its log"
    case .checkpointInconsistent: "The checkpoint doesn't continue the last one that was cosigned"
    case .witnessStateLost: "The witness has lost what it cosigned of this log"
    case .draining: "The instance is shutting down"
    case .overloaded: "The service has more work than it takes"
    case .unavailable: "The service can't answer right now"
    case .upstreamUnavailable: "The service behind the gateway can't be reached"
    case .upstreamTimeout: "The service behind the gateway did not answer in time"
    case .servicePaused: "Writes are paused for maintenance"
    case .containment: "The brand takes no writes until an incident is decided"
    case .internalError: "The server failed"
    }
  }

  /// Whether the same request may succeed later without being changed. Money commands are retried with the same Idempotency-Key.
  package var retryable: Bool {
    switch self {
    case .rateLimited, .redisError, .outcomeUnknown, .draining, .overloaded, .unavailable, .servicePaused, .containment,
      .upstreamUnavailable,
      .upstreamTimeout, .requestTimeout, .internalError, .gameProviderMaintenance, .deadLetterBusy:
      true
    default: false
    }
  }
}
