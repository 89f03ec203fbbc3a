internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Agents and the brands that admit them.
struct AgentRoutes: Sendable {
  let store: AgentStore
  let scope: BrandScope
  let lists: Lists

  private static let idParameter = Parameter.path("agent_id", .identifier, "Number of the agent.")

  private static let statusParameter = Parameter.query(
    "status", .choice(AgentEntry.Admission.allCases.map(\.rawValue)), "Those admitted or those refused; without it both.")

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/v1/admin/agents", id: "createAgent", summary: "Adds an agent and admits it in the brand, or in several",
        access: .operatorWrite,
        parameters: [BrandScope.parameter], body: NewAgentBody.self, reply: .json(AgentEntry.self, status: .created),
        refusals: [.brandRequired, .notFound], handle: create),
      Endpoint(
        .get, "/v1/admin/agent-brands", id: "listAgentBrands", summary: "Lists the brand's agents", access: .operatorRead,
        parameters: [BrandScope.parameter, Self.statusParameter] + Lists.parameters, reply: .json(ListBody<AgentEntry>.self),
        refusals: [.brandRequired],
        handle: list),
      Endpoint(
        .get, "/v1/admin/agent-brands/{agent_id}", id: "readAgentBrand", summary: "Reads whether the brand admits an agent",
        access: .operatorRead, parameters: [Self.idParameter, BrandScope.parameter], reply: .json(AgentEntry.self),
        refusals: [.brandRequired, .notFound], handle: read),
      Endpoint(
        .put, "/v1/admin/agent-brands/{agent_id}", id: "setAgentBrand", summary: "Admits or refuses an agent in the brand",
        access: .operatorWrite, parameters: [Self.idParameter, BrandScope.parameter], body: AgentAdmissionBody.self,
        reply: .json(AgentEntry.self), refusals: [.brandRequired, .notFound], handle: setAdmission),
      Endpoint(
        .delete, "/v1/admin/agent-brands/{agent_id}", id: "deleteAgentBrand",
        summary: "Ends an agent's admission in the brand; the row stays, disabled", access: .operatorWrite,
        parameters: [Self.idParameter, BrandScope.parameter], reply: .noContent, refusals: [.brandRequired, .notFound], handle: end),
    ]
  }

  @Sendable private func create(_ request: EndpointRequest, _ body: NewAgentBody) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard body.name.contains(where: { !$0.isWhitespace }) else {
      throw Problem(.invalidField, faults: [.init(pointer: "/name", detail: "must not be blank")])
    }
    let act = try AdminAct(request)
    let others = try body.others(than: brand.id)
    // All before anything is written: a list with a brand that isn't the operator's makes no agent at all (S0-ADM-15).
    for other in others { try await scope.require(other, of: request) }
    let entry = try await store.create(name: body.name, reason: body.reason, brand: brand.id, act: act)
    // Each brand is a transaction of its own. If we stop here, the agent lacks the brands that follow; `setAgentBrand` adds them.
    for other in others { try await store.join(entry.id, reason: body.reason, brand: other, act: act) }
    return .document(entry, status: .created)
  }

  @Sendable private func list(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    let admission = request.argument("status").flatMap { AgentEntry.Admission(rawValue: $0) }
    let scope = "agent-brands/\(brand.id)/\(admission?.rawValue ?? "*")"
    let after = try lists.position(of: request, scope: scope) ?? 0
    let entries = try await store.list(brand.id, admission, after: after, limit: request.pageSize + 1)
    return .document(lists.page(entries, for: request, scope: scope, position: \.id))
  }

  @Sendable private func read(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let agent = request.integer("agent_id"), let entry = try await store.find(agent, brand.id) else { throw Problem(.notFound) }
    return .document(entry)
  }

  @Sendable private func setAdmission(_ request: EndpointRequest, _ body: AgentAdmissionBody) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let agent = request.integer("agent_id"), try await mayAdmit(agent, in: brand.id, try request.operatorIdentity()),
      let entry = try await store.setAdmission(agent, to: body.status, reason: body.reason, brand: brand.id, act: try AdminAct(request))
    else { throw Problem(.notFound) }
    return .document(entry)
  }

  /// An agent of brands in which the operator may not act is none to them: else its number would give its name away.
  private func mayAdmit(_ agent: Int64, in brand: BrandID, _ operatorIdentity: OperatorIdentity) async throws -> Bool {
    if operatorIdentity.isSuperAdmin { return true }
    for own in [brand] + operatorIdentity.brands {
      if try await store.find(agent, own) != nil { return true }
    }
    return false
  }

  @Sendable private func end(_ request: EndpointRequest) async throws -> Reply {
    let brand = try await scope.brand(of: request)
    guard let agent = request.integer("agent_id"), try await store.find(agent, brand.id) != nil else { throw Problem(.notFound) }
    _ = try await store.setAdmission(agent, to: .disabled, reason: nil, brand: brand.id, act: try AdminAct(request))
    return .noContent
  }
}
