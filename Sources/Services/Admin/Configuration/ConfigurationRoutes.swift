internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// What one brand sets for itself. Every answer says what now counts for the brand and where that comes from.
struct ConfigurationRoutes: Sendable {
  let store: ConfigurationStore
  let scope: BrandScope
  let globalAccess: GlobalAccess

  private static let keyParameter = Parameter.path("key", ConfigurationRules.keySchema, "The key.")

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/brand-config", id: "listBrandConfig", summary: "Lists every key with its value for the brand",
        access: .operatorRead, parameters: [BrandScope.parameter], reply: .json(ListBody<SettingEntry>.self), refusals: [.brandRequired],
        handle: list),
      Endpoint(
        .get, "/v1/admin/brand-config/{key}", id: "readBrandConfig", summary: "Reads what a key is for the brand", access: .operatorRead,
        parameters: [Self.keyParameter, BrandScope.parameter], reply: .json(SettingEntry.self), refusals: [.brandRequired, .notFound],
        handle: read),
      Endpoint(
        .put, "/v1/admin/brand-config/{key}", id: "setBrandConfig", summary: "Sets a key for the brand alone", access: .operatorWrite,
        parameters: [Self.keyParameter, BrandScope.parameter], body: ConfigurationBody.self, reply: .json(SettingEntry.self),
        refusals: [.brandRequired, .superAdminRequired], handle: set),
      Endpoint(
        .delete, "/v1/admin/brand-config/{key}", id: "deleteBrandConfig", summary: "Returns a key to its default", access: .operatorWrite,
        parameters: [Self.keyParameter, BrandScope.parameter], reply: .noContent, refusals: [.brandRequired, .notFound], handle: remove),
      Endpoint(
        .post, "/v1/admin/brand-config-reversions", id: "revertBrandConfig", summary: "Takes back a write of brand configuration",
        access: .operatorWrite, parameters: [BrandScope.parameter], body: RevertBody.self, reply: .json(RevertedBody.self),
        refusals: [.brandRequired, .notFound], handle: revert),
    ]
  }

  @Sendable private func list(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    return .document(ListBody(data: try await store.all(brand.id).map { SettingEntry($0) }))
  }

  @Sendable private func read(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let key = request.argument("key"), let setting = try await store.resolve(key, brand.id) else { throw Problem(.notFound) }
    return .document(SettingEntry(setting))
  }

  @Sendable private func set(_ request: EndpointRequest, _ body: ConfigurationBody) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let key = request.argument("key") else { throw Problem(.notFound) }
    let value = try ConfigurationBody.value(of: request)
    try ConfigurationRules.accept(key, value)
    let moved = try await store.set(key, to: value, reason: body.reason, brand: brand.id, act: try AdminAct(request))
    if moved { globalAccess.count(route: request.route) }
    return .document(SettingEntry(BrandSetting(key: key, value: value, source: .brand)))
  }

  @Sendable private func remove(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let key = request.argument("key"), try await store.remove(key, brand: brand.id, act: try AdminAct(request)) else {
      throw Problem(.notFound, detail: "The brand has no value of its own for this key")
    }
    return .noContent
  }

  @Sendable private func revert(_ request: EndpointRequest, _ body: RevertBody) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    let key = try await store.revert(
      body.audit, reason: body.reason, brand: brand.id, by: try request.operatorIdentity().id, requestID: request.requestID)
    return .document(RevertedBody(key: key, setting: try await store.resolve(key, brand.id)))
  }
}
