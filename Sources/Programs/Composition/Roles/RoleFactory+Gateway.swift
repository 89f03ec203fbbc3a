internal import Gateway
internal import Kernel
internal import Platform
internal import Security
internal import ServiceLifecycle

extension RoleFactory {
  func gateway(_ foundation: RoleFoundation) throws -> RoleParts {
    let context = foundation.context
    guard let keys = try context.configuration.keySet() else { throw StartRefused("gateway needs JWT_PUBLIC_KEYS") }
    let tokens = AccessTokenVerifier(keys: keys)
    let service = try GatewayService(
      context: context, database: foundation.database, redis: foundation.redis, tokens: tokens,
      checks: [
        foundation.schema.readiness,
        signingCheck(foundation, "BRAND_SIGNING_KEY", isPresent: context.configuration.brandSignatureKeys.isUsable),
      ], inFlight: process.inFlight,
      onListening: { [listening] in listening.opened(.gateway, on: $0) })
    return RoleParts(
      role: .gateway, context: context, services: foundation.services + [keyReload(tokens, foundation), service],
      beforeStart: { try await foundation.beforeStart() })
  }
}
