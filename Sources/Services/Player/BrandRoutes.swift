internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Postgres

/// What a storefront asks before anybody has logged in.
struct BrandRoutes: Sendable {
  private let catalog: BrandCatalog
  private let database: Database

  init(catalog: BrandCatalog, database: Database) {
    self.catalog = catalog
    self.database = database
  }

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/brand", id: "readBrand", summary: "What the brand of this host shows in public", access: .visitor,
        reply: .json(BrandBody.self), refusals: [.unresolvedBrand], handle: read),
      Endpoint(
        .get, "/v1/payment-channels", id: "listPaymentChannels", summary: "How players of this host's brand can pay", access: .visitor,
        reply: .json(PaymentChannelsBody.self), refusals: [.unresolvedBrand], handle: paymentChannels),
    ]
  }

  @Sendable private func read(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await brand(of: request)
    return try .json(
      BrandBody(brandCode: brand.code.rawValue, currency: brand.currency.code, currencyExponent: Int64(brand.currency.exponent)))
  }

  /// The brand's own list, else the global default (S0-CFG-04).
  @Sendable private func paymentChannels(_ request: EndpointRequest) async throws -> Reply {
    let setting = try await BrandSettings.resolve("payment_channels", brand: try await brand(of: request).id, in: database)
    guard case .array(let channels)? = setting?.value else { throw Problem(.internalError, detail: "payment_channels is no list") }
    return try .json(PaymentChannelsBody(paymentChannels: channels.compactMap(\.text)))
  }

  private func brand(of request: EndpointRequest) async throws -> Brand {
    guard let brand = try await catalog.brand(try request.brand()) else { throw Problem(.unresolvedBrand) }
    return brand
  }
}
