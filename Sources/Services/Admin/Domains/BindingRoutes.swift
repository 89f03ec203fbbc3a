internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging
internal import Platform
internal import Redis

/// Which hosts lead to a brand. PostgreSQL holds the durable copy and is written first; Redis, which the gateway asks, follows.
struct BindingRoutes: Sendable {
  let store: BindingStore
  let bindings: DomainBindings
  let scope: BrandScope
  let failures: ResolutionFailures

  private static let hostParameter = Parameter.path(
    "host", .string(length: 1...HostName.bytesMax, pattern: .hostName), "Host name in lower case, without port.")

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/v1/admin/domains", id: "listDomains", summary: "Lists the brand's hosts", access: .operatorRead,
        parameters: [BrandScope.parameter], reply: .json(ListBody<BindingEntry>.self), refusals: [.brandRequired], handle: list),
      Endpoint(
        .get, "/v1/admin/domains/{host}", id: "readDomain", summary: "Reads a host's binding and what the gateway finds for it",
        access: .operatorRead, parameters: [Self.hostParameter, BrandScope.parameter], reply: .json(ResolvedBinding.self),
        refusals: [.brandRequired, .notFound, .redisError], handle: read),
      Endpoint(
        .put, "/v1/admin/domains/{host}", id: "bindDomain", summary: "Binds a host to the brand", access: .operatorWrite,
        parameters: [Self.hostParameter, BrandScope.parameter], body: BindingBody.self, reply: .json(BindingEntry.self),
        refusals: [.brandRequired, .notFound, .domainTaken, .agentNotAdmitted, .redisError], handle: bind),
      Endpoint(
        .delete, "/v1/admin/domains/{host}", id: "unbindDomain", summary: "Releases a host of the brand", access: .operatorWrite,
        parameters: [Self.hostParameter, BrandScope.parameter], reply: .noContent, refusals: [.brandRequired, .notFound, .redisError],
        handle: unbind),
      Endpoint(
        .post, "/v1/admin/domain-bindings/rebuild", id: "rebuildDomains", summary: "Makes Redis say of every host what PostgreSQL says",
        access: .superAdmin, reply: .json(RebuildBody.self), refusals: [.redisError], handle: rebuild),
    ]
  }

  @Sendable private func list(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    return .document(ListBody(data: try await store.list(brand.id).map { BindingEntry($0) }))
  }

  @Sendable private func read(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let host = request.argument("host"), let binding = try await bindings.find(host), binding.brand == brand.id else {
      throw Problem(.notFound)
    }
    let found: [DomainBindingRules.Found]
    do { found = try await bindings.live(host) } catch let error as RedisError {
      failures.countRedisError(error, logger: request.logger)
      throw Problem(.redisError)
    }
    return .document(ResolvedBinding(entry: BindingEntry(binding), live: BindingRules.live(binding, found)))
  }

  @Sendable private func bind(_ request: EndpointRequest, _ body: BindingBody) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    let binding = try BindingRules.accept(host: request.argument("host"), body: body, brand: brand.id)
    try await store.bind(binding, reason: body.reason, act: try AdminAct(request))
    // What if we stop here: the binding is durable and Redis doesn't have it. The same request again, or a rebuild, repairs that.
    try await publish(binding.host, request)
    return .document(BindingEntry(binding))
  }

  @Sendable private func unbind(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let host = request.argument("host") else { throw Problem(.notFound) }
    let removed = try await store.unbind(host, brand: brand.id, act: try AdminAct(request))
    // Also when there was nothing to remove: an earlier attempt may have stopped between PostgreSQL and Redis.
    try await publish(host, request)
    guard removed else { throw Problem(.notFound) }
    return .noContent
  }

  @Sendable private func rebuild(_ request: EndpointRequest) async throws -> Reply {
    let act = try AdminAct(request)
    do {
      let rebuild = try await bindings.rebuild()
      try await store.recordRebuild(rebuild, act: act)
      return .document(RebuildBody(rebuild: rebuild))
    } catch let error as RedisError {
      failures.countRedisError(error, logger: request.logger)
      throw Problem(.redisError, detail: "Redis failed on the way; what was repaired by then stays")
    }
  }

  private func publish(_ host: String, _ request: EndpointRequest) async throws {
    do { try await bindings.publish(host) } catch let error as RedisError {
      failures.countRedisError(error, logger: request.logger)
      throw Problem(.redisError, detail: "The change is saved, but Redis does not have it yet. Send the same request again")
    }
  }
}
