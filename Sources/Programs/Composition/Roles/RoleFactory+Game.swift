internal import Game
internal import Kernel
internal import Platform
internal import Security

extension RoleFactory {
  func gameService(_ foundation: RoleFoundation) throws -> RoleParts {
    let context = foundation.context
    guard let wallet = client(of: .walletService, for: foundation) else {
      throw StartRefused("game_service needs CORDON_WALLET_SERVICE_URL")
    }
    let service = GameService(
      context: context, database: foundation.database, catalog: foundation.catalog,
      material: try GameMaterial(wallet: wallet, context.configuration))
    return parts(
      foundation, endpoints: service.endpoints, requestGuard: try foundation.roleGuard(),
      checks: [signingCheck(foundation, "BRAND_SIGNING_KEY", isPresent: context.configuration.brandSignatureKeys.isUsable)])
  }
}
