internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// The look-up that operators and the two-brand harness ask: whose is this account?
struct AccountRoutes: Sendable {
  let directory: AccountDirectory

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/internal/game/reverse-parse-account", id: "reverseParseAccount", summary: "Whose a provider's account is",
        access: .internalCall(brand: .none),
        parameters: [
          .query(
            "account", .string(length: 1...OutboundAccount.bytesMax, pattern: .visibleASCII), required: true, "As the provider sends it."),
          .query("provider", .string(length: 1...32, pattern: .lowercaseWord), "The provider; decides about aliases alone."),
        ], reply: .json(ReverseParseAnswer.self), refusals: [.playerNotFound], handle: reverseParse)
    ]
  }

  @Sendable private func reverseParse(_ request: EndpointRequest) async throws -> Reply {
    switch try await directory.resolve(request.argument("account") ?? "", provider: request.argument("provider"), CallbackDeadline()) {
    case .player(let found, let form): try .json(ReverseParseAnswer(brand: found.brand, player: found.player, form: form))
    case .brandOnly(let brand, let form): try .json(ReverseParseAnswer(brand: brand, player: nil, form: form))
    case .nothing: throw Problem(.playerNotFound, detail: "The account reads as no brand's")
    }
  }
}
