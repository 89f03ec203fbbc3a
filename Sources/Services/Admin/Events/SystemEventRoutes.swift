internal import Audit
internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform
internal import Postgres

/// What the platform refused and where it failed, newest first: one brand's events, or for super-admins all of them (S4-INC-11, S4-INC-14).
struct SystemEventRoutes: Sendable {
  let database: Database
  let scope: BrandScope
  let lists: Lists

  private static let filterParameters: [Parameter] = [
    .query("kind", .choice(SystemEventKind.allCases.map(\.rawValue)), "Only events of this kind."),
    .query("reason", .choice(ProblemReason.allCases.map(\.rawValue)), "Only refusals for this reason."),
    .query("request_id", .text(max: Limits.requestIDCharactersMax), "Only events of this request."),
  ]

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/system-events", id: "listSystemEvents", summary: "Lists what was refused and what failed in the brand",
        access: .operatorRead, parameters: [BrandScope.parameter] + Self.filterParameters + Lists.parameters,
        reply: .json(ListBody<SystemEventRow>.self), refusals: [.brandRequired], handle: listBrand),
      Endpoint(
        .get, "/v1/admin/platform-system-events", id: "listPlatformSystemEvents",
        summary: "Lists what was refused and what failed anywhere",
        access: .superAdmin, parameters: Self.filterParameters + Lists.parameters, reply: .json(ListBody<SystemEventRow>.self),
        handle: listAll),
    ]
  }

  @Sendable private func listBrand(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    return try await page("system-events/\(brand.id)", request) { filter, before, limit in
      try await database.withBrand(brand.id) { transaction in
        try await SystemEvents.page(filter, before: before, limit: limit, in: transaction)
      }
    }
  }

  @Sendable private func listAll(_ request: EndpointRequest) async throws -> Reply {
    try await page("platform-system-events", request) { filter, before, limit in
      try await database.withPlatform { transaction in
        try await SystemEvents.page(filter, before: before, limit: limit, in: transaction)
      }
    }
  }

  private func page(
    _ list: String, _ request: EndpointRequest, _ read: (SystemEventFilter, Int64?, Int) async throws -> [SystemEventRecord]
  ) async throws -> Reply {
    let filter = SystemEventFilter(
      kind: request.argument("kind").flatMap { SystemEventKind(rawValue: $0) }, reason: request.argument("reason"),
      requestID: request.argument("request_id"))
    let scope = Self.scope(list, filter)
    let position = try lists.position(of: request, scope: scope)
    let rows = try await read(filter, position, request.pageSize + 1).map { try SystemEventRow($0) }
    return .document(lists.page(rows, for: request, scope: scope, position: \.record.id))
  }

  /// Length-prefixed, so that no two filters have one scope.
  private static func scope(_ list: String, _ filter: SystemEventFilter) -> String {
    [list, filter.kind?.rawValue, filter.reason, filter.requestID]
      .map { part in part.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: "/")
  }
}
