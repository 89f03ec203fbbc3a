internal import Admin
internal import Kernel
internal import Platform
internal import Security

extension RoleFactory {
  func adminService(_ foundation: RoleFoundation) throws -> RoleParts {
    let context = foundation.context
    let configuration = context.configuration
    guard let privateKey = configuration.text(Settings.adminJWTPrivateKey), let keyID = configuration.text(Settings.adminJWTKeyID) else {
      throw StartRefused("admin_service needs ADMIN_JWT_PRIVATE_KEY and ADMIN_JWT_KID")
    }
    guard let wallet = client(of: .walletService, for: foundation) else {
      throw StartRefused("admin_service needs CORDON_WALLET_SERVICE_URL")
    }
    let signer = try TokenSigner(privateKeyPEM: privateKey, keyID: keyID)
    // Only the admin's own key: whoever can sign for players must not be able to sign for operators (C-01).
    let keys = try KeySet([signer.keyID: signer.publicKey])
    let operators = OperatorGuard(
      verifier: TokenVerifier(keys: keys), clock: context.clock, metrics: context.metrics, violations: context.violations)
    let service = AdminService(
      context: context, database: foundation.database, redis: foundation.redis, catalog: foundation.catalog, wallet: wallet, signer: signer,
      hasher: try PasswordHasher(), cursorSecret: configuration.text(Settings.brandSigningKey) ?? privateKey,
      ledgers: EvidenceLedgers.sources, witnesses: try WitnessPolicyFile.load(configuration), census: census(configuration))
    return parts(
      foundation, endpoints: service.endpoints, requestGuard: try foundation.roleGuard(operators: operators),
      checks: [signingCheck(foundation, "BRAND_SIGNING_KEY", isPresent: configuration.brandSignatureKeys.isUsable)],
      acceptedKeyIDs: { keys.keyIDs })
  }

  /// Every role of this release, by its own `/health`.
  private func census(_ configuration: EffectiveConfiguration) -> @Sendable () async -> [RoleEnforcement] {
    let operations = FlipOperations(configuration: configuration, probe: ServiceProbe(client: StackClient(http: process.http)))
    return { await operations.modes().map { RoleEnforcement(role: $0.instance.role, mode: $0.mode) } }
  }
}
