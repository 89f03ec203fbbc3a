internal import Audit
internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Postgres

/// What operators did, newest first: one brand's acts, or for super-admins all of them.
struct AuditRoutes: Sendable {
  let database: Database
  let scope: BrandScope
  let lists: Lists

  private static let filterParameters: [Parameter] = [
    .query("resource", .choice(AuditResource.allCases.map(\.rawValue)), "Only acts on this kind of thing."),
    .query("resource_key", .text(max: 512), "Only acts on the thing of this key."),
    .query("operator_id", .text(max: Limits.operatorIDCharactersMax), "Only acts of this operator."),
    .query("action", .choice(AuditAction.allCases.map(\.rawValue)), "Only acts of this kind."),
  ]

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/audit", id: "listAudit", summary: "Lists what operators did in the brand", access: .operatorRead,
        parameters: [BrandScope.parameter] + Self.filterParameters + Lists.parameters, reply: .json(ListBody<AuditRow>.self),
        refusals: [.brandRequired], handle: listBrand),
      Endpoint(
        .get, "/v1/admin/platform-audit", id: "listPlatformAudit", summary: "Lists what operators did anywhere", access: .superAdmin,
        parameters: Self.filterParameters + Lists.parameters, reply: .json(ListBody<AuditRow>.self), handle: listAll),
    ]
  }

  @Sendable private func listBrand(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    return try await page("audit/\(brand.id)", request) { filter, before, limit in
      try await database.withBrand(brand.id) { transaction in
        try await AdminAudit.page(filter, before: before, limit: limit, in: transaction)
      }
    }
  }

  @Sendable private func listAll(_ request: EndpointRequest) async throws -> Reply {
    try await page("platform-audit", request) { filter, before, limit in
      try await database.withPlatform { transaction in
        try await AdminAudit.page(filter, before: before, limit: limit, in: transaction)
      }
    }
  }

  private func page(
    _ list: String, _ request: EndpointRequest, _ read: (AuditFilter, Int64?, Int) async throws -> [AuditRecord]
  ) async throws -> Reply {
    let filter = AuditFilter(
      resource: request.argument("resource"), resourceKey: request.argument("resource_key"), operatorID: request.argument("operator_id"),
      action: request.argument("action"))
    let scope = Self.scope(list, filter)
    let rows = try await read(filter, try lists.position(of: request, scope: scope), request.pageSize + 1).map { try AuditRow($0) }
    return .document(lists.page(rows, for: request, scope: scope, position: \.record.id))
  }

  /// Length-prefixed, so that no two filters have one scope.
  private static func scope(_ list: String, _ filter: AuditFilter) -> String {
    [list, filter.resource, filter.resourceKey, filter.operatorID, filter.action]
      .map { part in part.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: "/")
  }
}
