internal import Kernel
internal import Platform
internal import Player
internal import Security
internal import ServiceLifecycle

extension RoleFactory {
  func playerService(_ foundation: RoleFoundation) throws -> RoleParts {
    let context = foundation.context
    let configuration = context.configuration
    guard let privateKey = configuration.text(Settings.jwtPrivateKey), let keyID = configuration.text(Settings.jwtKeyID) else {
      throw StartRefused("player_service needs JWT_PRIVATE_KEY and JWT_KID")
    }
    guard let keys = try configuration.keySet() else { throw StartRefused("player_service needs JWT_PUBLIC_KEYS") }
    let verifier = AccessTokenVerifier(keys: keys)
    let service = PlayerService(
      context: context, database: foundation.database, redis: foundation.redis, catalog: foundation.catalog,
      material: PlayerService.Material(
        signer: try TokenSigner(privateKeyPEM: privateKey, keyID: keyID), verifier: verifier, hasher: try PasswordHasher(),
        vault: PersonalDataVault(cipher: try configuration.personalDataCipher(), metrics: context.metrics)))
    return parts(
      foundation, work: [keyReload(verifier, foundation), Background(name: foundation.name(of: "outbox"), work: { await service.run() })],
      endpoints: service.endpoints,
      requestGuard: try foundation.roleGuard(), checks: service.checks + [signingCheck(foundation, "JWT_PRIVATE_KEY", isPresent: true)],
      acceptedKeyIDs: { verifier.keyIDs })
  }

  /// Takes changed public keys without a restart, from wherever the settings come (S0-JWT-12).
  func keyReload(_ verifier: AccessTokenVerifier, _ foundation: RoleFoundation) -> Background {
    let started = foundation.context.configuration
    let reloader = JWTKeyReloader(verifier: verifier, logger: foundation.context.logger) { [process] in
      // What the command line or the environment gave can't change; a file, the command line's too, and secret files are read again.
      try process.reread().text(Settings.jwtPublicKeys) ?? started.text(Settings.jwtPublicKeys)
    }
    return Background(name: foundation.name(of: "keys"), work: { [redis = foundation.redis] in await reloader.run(redis) })
  }
}
