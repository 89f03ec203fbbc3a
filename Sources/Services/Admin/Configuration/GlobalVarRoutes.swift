internal import Audit
internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Settings of the whole platform: read by any operator, written by super-admins alone (S0-CFG-08).
struct GlobalVarRoutes: Sendable {
  let store: GlobalVarStore

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/global-vars", id: "listGlobalVars", summary: "Lists the platform's settings", access: .operatorRead,
        reply: .json(ListBody<GlobalVarEntry>.self), handle: list),
      Endpoint(
        .put, "/v1/admin/global-vars/{key}", id: "updateGlobalVar", summary: "Sets one platform setting", access: .superAdmin,
        parameters: [.path("key", ConfigurationRules.keySchema, "The setting.")], body: ConfigurationBody.self,
        reply: .json(GlobalVarEntry.self), refusals: [.configKeyTaken], handle: setOne),
      Endpoint(
        .put, "/v1/admin/settings", id: "updateSettings", summary: "Sets several platform settings, all or none", access: .superAdmin,
        body: SettingsBody.self, reply: .json(ListBody<GlobalVarEntry>.self), refusals: [.configKeyTaken], handle: setSeveral),
      Endpoint(
        .put, "/v1/admin/maintenance", id: "updateMaintenance", summary: "Begins or ends maintenance", access: .superAdmin,
        body: MaintenanceBody.self, reply: .json(GlobalVarEntry.self), refusals: [.configKeyTaken], handle: setMaintenance),
    ]
  }

  @Sendable private func list(_ request: EndpointRequest) async throws -> Reply {
    .document(ListBody(data: try await store.list()))
  }

  @Sendable private func setOne(_ request: EndpointRequest, _ body: ConfigurationBody) async throws -> Reply {
    guard let key = request.argument("key") else { throw Problem(.notFound) }
    let value = try ConfigurationBody.value(of: request)
    try ConfigurationRules.accept(key, value)
    return try await single([(key, value)], .globalVarSet, body.reason, request)
  }

  @Sendable private func setSeveral(_ request: EndpointRequest, _ body: SettingsBody) async throws -> Reply {
    let settings = try SettingsBody.settings(of: request)
    return .document(
      ListBody(data: try await store.set(settings, .settingsUpdate, reason: body.reason, act: try AdminAct(request))))
  }

  @Sendable private func setMaintenance(_ request: EndpointRequest, _ body: MaintenanceBody) async throws -> Reply {
    try await single([(MaintenanceBody.key, body.value)], .maintenanceUpdate, body.reason, request)
  }

  private func single(
    _ values: [(key: String, value: JSONValue)], _ action: AuditAction, _ reason: String?, _ request: EndpointRequest
  ) async throws -> Reply {
    let entries = try await store.set(values, action, reason: reason, act: try AdminAct(request))
    guard let entry = entries.first else { throw Problem(.internalError) }
    return .document(entry)
  }
}
