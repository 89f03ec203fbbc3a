internal import Contracts
internal import Kernel
internal import Platform

/// The brand that a brand-scoped admin request is about: the one that `X-Brand-Id` names, never one from the body (S0-ADM-29) and never
/// a default. That the operator may act in it, the guard has checked.
struct BrandScope: Sendable {
  private let catalog: BrandCatalog

  init(_ catalog: BrandCatalog) { self.catalog = catalog }

  /// The header, so that the documents name it. Its absence is refused by ``brand(of:)``, with a reason of its own.
  static let parameter = Parameter.header(
    HeaderNames.brandID, .identifier, "The brand to act in. Without it the request is refused with brand_required.")

  /// - Throws: `brand_required` without the header (S0-ADM-12, S0-ADM-17); `not_found` when there is no such brand.
  func brand(of request: EndpointRequest) async throws -> Brand {
    // The guard also knows the only brand of an operator who has one; here it must be said, so that no write lands where nobody looked.
    guard request.header(HeaderNames.brandID) != nil else { throw Problem.brandContextRequired(route: request.route) }
    return try await existing(try request.brand())
  }

  /// Refuses a further brand that the operator may not act in, or that doesn't exist.
  func require(_ brand: BrandID, of request: EndpointRequest) async throws {
    guard try request.operatorIdentity().mayAct(in: brand) else {
      throw Problem(.forbidden, detail: "The operator may not act in brand \(brand)")
    }
    _ = try await existing(brand)
  }

  private func existing(_ id: BrandID) async throws -> Brand {
    if let brand = try await catalog.brand(id) { return brand }
    // It may be newer than this process's copy of the catalogue.
    catalog.forget()
    guard let brand = try await catalog.brand(id) else { throw Problem(.notFound, detail: "There is no brand \(id)") }
    return brand
  }
}
