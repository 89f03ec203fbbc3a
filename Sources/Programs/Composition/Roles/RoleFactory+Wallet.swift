internal import Audit
internal import Kernel
internal import Platform
internal import Security
internal import ServiceLifecycle
internal import Wallet

extension RoleFactory {
  /// Two for each brand that is busy at once; a brand beyond them waits its turn.
  private static let walletCommandConnectionsMax = 8

  func walletService(_ foundation: RoleFoundation) throws -> RoleParts {
    let context = foundation.context
    let configuration = context.configuration
    let overrides = try WalletOverrides(foundation)
    let keys = configuration.brandSignatureKeys
    let signatures = BrandSignatureGuard(
      keys: keys,
      policy: BrandSignaturePolicy(
        isRequired: configuration.flag(Settings.walletSignatureRequired), mode: context.enforcement, environment: context.environment),
      replays: RedisBrandSignatureReplays(redis: foundation.redis), metrics: context.metrics)
    let commandDatabase = try foundation.database(
      sessionSettings: WalletService.commandSessionSettings, poolSizeMax: Self.walletCommandConnectionsMax)
    let service = WalletService(
      context: context, database: foundation.database, commandDatabase: commandDatabase, catalog: foundation.catalog,
      cursorSecret: configuration.text(Settings.brandSigningKey) ?? process.build.commit, payments: try payments(foundation),
      logs: EvidenceLedgers.sources, witnesses: try WitnessPolicyFile.load(configuration))
    return parts(
      foundation, work: [foundation.upkeep(of: commandDatabase, name: "command database")], endpoints: service.endpoints,
      requestGuard: try foundation.roleGuard(signatures: signatures),
      checks: [signingCheck(foundation, "BRAND_SIGNING_KEY", isPresent: keys.isUsable)],
      prime: {
        try await overrides.begin()
        try await service.prime()
      })
  }

  private func payments(_ foundation: RoleFoundation) throws -> PlisioMaterial {
    let configuration = foundation.context.configuration
    guard
      let secrets = PlisioSecrets(
        common: configuration.text(Settings.plisioSecret), byBrandJSON: configuration.text(Settings.plisioSecrets))
    else { throw StartRefused("PLISIO_SECRET_KEY or one of PLISIO_SECRET_KEYS has less than \(PlisioSecrets.bytesMin) bytes") }
    return PlisioMaterial(
      redis: foundation.redis, secrets: secrets,
      toleranceSeconds: configuration.seconds(Settings.plisioToleranceSeconds).components.seconds)
  }

  func walletWorker(_ foundation: RoleFoundation) throws -> RoleParts {
    let worker = OutboxWorker(
      .wallet, database: foundation.database, redis: foundation.redis, catalog: foundation.catalog, registry: foundation.context.registry,
      logger: foundation.context.logger)
    let checkDatabase = try foundation.database(sessionSettings: WalletCheckWorker.sessionSettings, poolSizeMax: 2)
    let checks = WalletCheckWorker(
      database: checkDatabase, catalog: foundation.catalog, registry: foundation.context.registry, logger: foundation.context.logger)
    let logs = try logWorker(foundation)
    let monitor = try logMonitor(foundation)
    let refusedChanges = RefusedChangeMonitor(
      database: foundation.database, registry: foundation.context.registry, logger: foundation.context.logger)
    return workerRole(
      foundation, worker,
      besides: [
        foundation.upkeep(of: checkDatabase, name: "check database"),
        Background(name: foundation.name(of: "checks"), work: { await checks.run() }),
        Background(name: foundation.name(of: "refused changes"), work: { await refusedChanges.run() }),
      ] + logs.services + monitor.services,
      checks: [signingCheck(foundation, "SIGNING_KEY_FILE", isPresent: logs.worker != nil)],
      warnings: { checks.warnings + (logs.worker?.warnings ?? []) + monitor.monitor.warnings })
  }

  /// What signs the logs; nothing without a key.
  private func logWorker(_ foundation: RoleFoundation) throws -> (worker: LogWorker?, services: [any Service]) {
    let configuration = foundation.context.configuration
    guard let path = configuration.text(Settings.signingKeyFile) else { return (nil, []) }
    let signer: LogSigner
    do {
      signer = try SigningKeyFile(path: path).load()
    } catch let fault as SecretFault {
      throw StartRefused("SIGNING_KEY_FILE: \(fault)")
    }
    let directory = configuration.text(Settings.signingStateDirectory) ?? SigningKeyFile(path: path).directory
    let database = try foundation.database(sessionSettings: LogWorker.sessionSettings, poolSizeMax: 2)
    let worker = LogWorker(
      database: database, logs: EvidenceLedgers.catalog(foundation.catalog), signer: signer, memory: LogMemory(directory: directory),
      registry: foundation.context.registry, logger: foundation.context.logger)
    return (
      worker,
      [
        foundation.upkeep(of: database, name: "log database"),
        Background(name: foundation.name(of: "logs"), work: { await worker.run() }),
      ] + (try witnesses(foundation))
    )
  }

  /// What looks for rows that were changed behind the program's back. It needs no key.
  private func logMonitor(_ foundation: RoleFoundation) throws -> (monitor: LogMonitor, services: [any Service]) {
    let database = try foundation.database(sessionSettings: LogWorker.sessionSettings, poolSizeMax: 1)
    let monitor = LogMonitor(
      database: database, logs: EvidenceLedgers.catalog(foundation.catalog),
      contains: foundation.context.configuration.flag(Settings.evidenceContainment), registry: foundation.context.registry,
      logger: foundation.context.logger)
    return (
      monitor,
      [
        foundation.upkeep(of: database, name: "monitor database"),
        Background(name: foundation.name(of: "monitor"), work: { await monitor.run() }),
      ]
    )
  }

  /// What has the logs cosigned; nothing without a policy.
  private func witnesses(_ foundation: RoleFoundation) throws -> [any Service] {
    guard let policy = try WitnessPolicyFile.load(foundation.context.configuration) else { return [] }
    // A pool of its own, so that signing waits for nothing that witnesses need.
    let database = try foundation.database(sessionSettings: LogWorker.sessionSettings, poolSizeMax: 2)
    let worker = LogWitnessWorker(
      policy: policy, database: database, logs: EvidenceLedgers.catalog(foundation.catalog),
      http: ForeignClient(http: process.http, answerBytesMax: LogWitnessWorker.answerBytesMax), registry: foundation.context.registry,
      logger: foundation.context.logger)
    return [
      foundation.upkeep(of: database, name: "witness database"),
      Background(name: foundation.name(of: "witnesses"), work: { await worker.run() }),
    ]
  }

  /// A role that only works and answers probes. Switched off by `WORKER_ENABLED`, it stands ready and does nothing.
  func workerRole(
    _ foundation: RoleFoundation, _ worker: OutboxWorker, besides work: [any Service] = [], checks: [ReadinessCheck] = [],
    warnings: @escaping @Sendable () -> [String] = { [] }
  ) -> RoleParts {
    guard foundation.context.configuration.flag(Settings.workerEnabled) else {
      return parts(foundation, endpoints: [], requestGuard: ClosedGuard())
    }
    return parts(
      foundation, work: [Background(name: foundation.name(of: "outbox"), work: { await worker.run() })] + work, endpoints: [],
      requestGuard: ClosedGuard(),
      checks: [worker.readiness, worker.runningCheck] + checks, warnings: warnings)
  }
}
