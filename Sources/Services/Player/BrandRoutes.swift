internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// What a storefront asks before anybody has logged in.
struct BrandRoutes: Sendable {
  private let catalog: BrandCatalog

  init(catalog: BrandCatalog) { self.catalog = catalog }

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/brand", id: "readBrand", summary: "What the brand of this host shows in public", access: .visitor,
        reply: .json(BrandBody.self), refusals: [.unresolvedBrand], handle: read)
    ]
  }

  @Sendable private func read(_ request: EndpointRequest) async throws -> Reply {
    guard let brand = try await catalog.brand(try request.brand()) else { throw Problem(.unresolvedBrand) }
    return try .json(
      BrandBody(brandCode: brand.code.rawValue, currency: brand.currency.code, currencyExponent: Int64(brand.currency.exponent)))
  }
}
