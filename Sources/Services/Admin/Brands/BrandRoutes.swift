internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// The brand catalogue. Brands are disabled, never deleted: ledgers and audit name them for ever.
struct BrandRoutes: Sendable {
  let store: BrandStore
  let announcer: CatalogAnnouncer
  let census: @Sendable () async -> [RoleEnforcement]

  private static let idParameter = Parameter.path("brand_id", .identifier, "Number of the brand.")

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/brands", id: "listBrands", summary: "Lists the brands that the operator may act in", access: .operatorRead,
        reply: .json(ListBody<BrandEntry>.self), handle: list),
      Endpoint(
        .post, "/v1/admin/brands", id: "createBrand", summary: "Creates a brand", access: .superAdmin, body: NewBrandBody.self,
        reply: .json(BrandEntry.self, status: .created), refusals: [.brandCodeTaken, .enforcementIncomplete], handle: create),
      Endpoint(
        .get, "/v1/admin/brands/{brand_id}", id: "readBrand", summary: "Reads a brand", access: .operatorRead,
        parameters: [Self.idParameter], reply: .json(BrandEntry.self), refusals: [.notFound], handle: read),
      Endpoint(
        .patch, "/v1/admin/brands/{brand_id}", id: "updateBrand", summary: "Renames a brand", access: .superAdmin,
        parameters: [Self.idParameter], body: BrandChangeBody.self, reply: .json(BrandEntry.self), refusals: [.notFound], handle: update),
      Endpoint(
        .post, "/v1/admin/brands/{brand_id}/disable", id: "disableBrand", summary: "Stops a brand from serving players",
        access: .superAdmin, parameters: [Self.idParameter], body: ReasonBody.self, reply: .json(BrandEntry.self), refusals: [.notFound],
        handle: { try await setStatus(.disabled, $0, $1) }),
      Endpoint(
        .post, "/v1/admin/brands/{brand_id}/enable", id: "enableBrand", summary: "Lets a brand serve players again",
        access: .superAdmin, parameters: [Self.idParameter], body: ReasonBody.self, reply: .json(BrandEntry.self),
        refusals: [.notFound, .enforcementIncomplete],
        handle: { try await setStatus(.enabled, $0, $1) }),
      Endpoint(
        .post, "/v1/admin/brands/catalog/publish", id: "publishBrandCatalog", summary: "Announces BRAND_CATALOG_CHANGED by hand",
        access: .superAdmin, reply: .json(AnnouncementBody.self), refusals: [.redisError], handle: publish),
    ]
  }

  @Sendable private func list(_ request: EndpointRequest) async throws -> Reply {
    let operatorIdentity = try request.operatorIdentity()
    return .document(ListBody(data: try await store.list().filter { operatorIdentity.mayAct(in: $0.brand.id) }))
  }

  @Sendable private func read(_ request: EndpointRequest) async throws -> Reply {
    let id = try Self.id(of: request)
    // Another's brand and none at all look the same.
    guard try request.operatorIdentity().mayAct(in: id), let entry = try await store.find(id) else { throw Problem(.notFound) }
    return .document(entry)
  }

  @Sendable private func create(_ request: EndpointRequest, _ body: NewBrandBody) async throws -> Reply {
    let (code, currency) = try BrandRules.accept(body)
    try await requireEnforcement(beside: nil)
    let entry = try await store.create(code: code, name: body.name, currency: currency, act: try AdminAct(request))
    await announcer.changed(entry.brand, logger: request.logger)
    return .document(entry, status: .created)
  }

  @Sendable private func update(_ request: EndpointRequest, _ body: BrandChangeBody) async throws -> Reply {
    try BrandRules.accept(body)
    let changed = try await store.rename(try Self.id(of: request), to: body.name, reason: body.reason, act: try AdminAct(request))
    return try await answer(changed, request)
  }

  private func setStatus(_ status: Brand.Status, _ request: EndpointRequest, _ body: ReasonBody) async throws -> Reply {
    let id = try Self.id(of: request)
    if status == .enabled { try await requireEnforcement(beside: id) }
    let changed = try await store.setStatus(id, to: status, reason: body.reason, act: try AdminAct(request))
    return try await answer(changed, request)
  }

  /// Refuses to enable a brand beside another enabled one while a role doesn't enforce.
  private func requireEnforcement(beside brand: BrandID?) async throws {
    let others = try await store.list().filter { $0.brand.status == .enabled && $0.brand.id != brand }
    if !others.isEmpty { try BrandRules.acceptSecond(await census()) }
  }

  private func answer(_ changed: BrandEntry?, _ request: EndpointRequest) async throws -> Reply {
    guard let changed else { throw Problem(.notFound) }
    await announcer.changed(changed.brand, logger: request.logger)
    return .document(changed)
  }

  @Sendable private func publish(_ request: EndpointRequest) async throws -> Reply {
    try await store.recordPublication(act: try AdminAct(request))
    return .document(AnnouncementBody(channel: RedisKeys.brandCatalogChanged, heardBy: try await announcer.publish()))
  }

  private static func id(of request: EndpointRequest) throws(Problem) -> BrandID {
    guard let id = request.integer("brand_id").flatMap({ BrandID($0) }) else { throw Problem(.notFound) }
    return id
  }
}
