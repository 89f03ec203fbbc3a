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
    let letterDatabase = try foundation.database(sessionSettings: [], poolSizeMax: DeadLetterRecorder.poolSizeMax)
    let service = GameService(
      context: context, database: foundation.database, deadLetterDatabase: letterDatabase, catalog: foundation.catalog,
      material: try GameMaterial(wallet: wallet, context.configuration))
    let letters = service.deadLetters
    return parts(
      foundation,
      work: [
        foundation.upkeep(of: letterDatabase, name: "dead-letter database"),
        Background(name: foundation.name(of: "dead letters"), work: { await letters.run() }),
      ],
      endpoints: service.endpoints, requestGuard: try foundation.roleGuard(),
      checks: [signingCheck(foundation, "BRAND_SIGNING_KEY", isPresent: context.configuration.brandSignatureKeys.isUsable)],
      warnings: { letters.warnings }, prime: { await letters.prepare() })
  }
}
