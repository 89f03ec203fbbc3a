/// Header names that services and clients agree on, lower case as they are compared.
package enum HeaderNames {
  /// The resolved brand between services; stripped when it comes from outside (S0-RES-10).
  package static let brandID = "x-brand-id"
  package static let brandSignature = "x-brand-signature"
  package static let callerService = "x-caller-service"
  package static let internalServiceToken = "x-internal-service-token"
  package static let playerID = "x-player-id"
  package static let sessionID = "x-session-id"
  package static let clientAddress = "x-client-address"
  /// The public host that a request came through, as the gateway read it (S0-WAL-34).
  package static let originHost = "x-origin-host"
  package static let operatorID = "x-operator-id"
  package static let requestID = "x-request-id"
  package static let idempotencyKey = "idempotency-key"
  package static let idempotencyReplayed = "idempotency-replayed"
  package static let link = "link"
  /// The signature of a payment provider's callback.
  package static let plisioSignature = "x-plisio-signature"
  package static let traceparent = "traceparent"
  package static let tracestate = "tracestate"
  /// The trace and span of the answering process, in the form of `traceparent`.
  package static let traceresponse = "traceresponse"

  /// What the gateway removes from every outside request before it adds its own.
  package static let internalOnly: Set<String> = [
    brandID, brandSignature, callerService, internalServiceToken, playerID, sessionID, clientAddress, originHost,
  ]
}
