internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging
internal import Platform

/// The callback of Plisio, through the gateway on the brand's host: `POST /v1/payments/plisio/callback`.
struct PlisioRoutes: Sendable {
  let callbacks: PlisioCallbacks
  let secrets: PlisioSecrets
  let catalog: BrandCatalog
  let metrics: PlisioMetrics
  let clock: WallClock
  /// How far the provider's clock may be from ours, either way.
  let toleranceSeconds: Int64

  var endpoints: [Endpoint] {
    [
      Endpoint(
        rawBody: "/v1/payments/plisio/callback", Self.bodySchema, id: "plisioCallback", summary: "What Plisio says of a payment",
        access: .visitor,
        parameters: [
          .header(
            HeaderNames.plisioSignature, .string(length: 1...256, pattern: .visibleASCII),
            "HMAC-SHA256 over the body's bytes with the brand's secret, in lower-case hexadecimal.")
        ],
        reply: .json(PaymentCallbackAnswer.self),
        refusals: [
          .notFound, .callbackSignatureInvalid, .callbackStale, .invalidJSON, .invalidField, .unresolvedBrand, .outcomeUnknown, .overloaded,
        ], handle: take)
    ]
  }

  /// What the document shows; members that aren't listed may come too.
  private static let bodySchema = JSONSchema.object(
    name: "PlisioCallback",
    fields: [
      .required("txn_id", .text(max: 128), "Plisio's id of the payment."),
      .required("status", .choice(PlisioStatus.allCases.map(\.rawValue)), "What Plisio says of it."),
      .required("order_number", .text(max: 255), "The transaction id of the deposit."),
      .optional("source_amount", .text(max: 40), "The invoice's amount in major units."),
      .optional("source_currency", .text(max: 16), "Its currency."),
      .required("timestamp", .integer(0...Int64.max), "When it was sent, in Unix seconds."),
    ])

  @Sendable private func take(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await brand(of: request)
    guard let signature = secrets.verifier(of: brand.code) else { throw Problem(.notFound) }
    do {
      // The body is read only once its signature says that it is the provider's.
      guard signature.accepts(request.header(HeaderNames.plisioSignature), body: request.body) else {
        throw Problem(.callbackSignatureInvalid)
      }
      let callback = try PlisioCallback(body: request.body)
      let age = clock.now().seconds.subtractingReportingOverflow(callback.timestamp)
      guard !age.overflow, (-toleranceSeconds...toleranceSeconds).contains(age.partialValue) else { throw Problem(.callbackStale) }
      let outcome = try await callbacks.handle(callback, for: brand, request)
      return try .json(PaymentCallbackAnswer(outcome: outcome.name))
    } catch let problem as Problem where problem.reason.status < 500 {
      metrics.refused.increment([problem.reason.rawValue])
      throw problem
    }
  }

  private func brand(of request: EndpointRequest) async throws -> Brand {
    guard let brand = try await catalog.brand(try request.brand()) else { throw Problem(.unresolvedBrand) }
    return brand
  }
}
