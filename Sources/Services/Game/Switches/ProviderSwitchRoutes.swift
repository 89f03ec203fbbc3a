internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Providers' switches for operators, by way of the admin role.
struct ProviderSwitchRoutes: Sendable {
  let store: ProviderSwitchStore

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/internal/game/providers", id: "listGameProviders", summary: "How each provider stands for the brand",
        access: .internalCall(brand: .required), reply: .json(ProviderSwitchesAnswer.self)
      ) { request in
        try .json(ProviderSwitchesAnswer(data: try await store.all(of: try request.brand()).map { ProviderSwitchAnswer($0) }))
      },
      Endpoint(
        .put, "/internal/game/providers/{provider}", id: "switchGameProvider", summary: "Switch a provider for the brand",
        access: .internalCall(brand: .required), parameters: [.path("provider", LaunchBody.providerSchema, "The game provider.")],
        body: ProviderSwitchBody.self, reply: .json(ProviderSwitchAnswer.self), refusals: [.forbidden, .notFound]
      ) { request, body in
        guard request.identity.caller == .admin else { throw Problem(.forbidden, detail: "Only the admin role switches providers") }
        return try .json(
          ProviderSwitchAnswer(
            try await store.set(
              request.argument("provider") ?? "", enabled: body.enabled, maintenance: body.maintenance, of: try request.brand(),
              by: body.operatorID, reason: body.reason, requestID: request.requestID)))
      },
    ]
  }
}
