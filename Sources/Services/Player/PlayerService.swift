package import Platform
package import Postgres
package import Redis
package import Security

/// The player role: what Composition has to give it, and what it offers.
package struct PlayerService: Sendable {
  package let endpoints: [Endpoint]
  private let sessions: PlayerSessions
  private let outbox: OutboxWorker

  /// The secrets and keys of the role.
  package struct Material: Sendable {
    /// `JWT_PRIVATE_KEY` and `JWT_KID`.
    package let signer: TokenSigner
    /// The keys of `JWT_PUBLIC_KEYS`, by which refresh tokens are verified; a ``JWTKeyReloader`` may replace them.
    package let verifier: AccessTokenVerifier
    package let hasher: PasswordHasher
    package let vault: PersonalDataVault

    package init(signer: TokenSigner, verifier: AccessTokenVerifier, hasher: PasswordHasher, vault: PersonalDataVault) {
      self.signer = signer
      self.verifier = verifier
      self.hasher = hasher
      self.vault = vault
    }
  }

  package init(context: RoleContext, database: Database, redis: RedisClient, catalog: BrandCatalog, material: Material) {
    let metrics = PlayerMetrics(context.metrics)
    let lifetimes = SessionLifetimes(
      accessSeconds: Int64(context.configuration.integer(Settings.jwtMinutes) ?? 60) * 60,
      refreshSeconds: context.configuration.seconds(Settings.refreshSeconds).components.seconds)
    let store = PlayerStore()
    sessions = PlayerSessions(
      database: database, store: SessionStore(), players: store, marks: SessionMarks(redis: redis),
      tokens: SessionTokens(signer: material.signer, lifetimes: lifetimes, clock: context.clock), verifier: material.verifier,
      metrics: metrics, clock: context.clock)
    let login = PlayerLogin(
      database: database, store: store, hasher: material.hasher, throttle: LoginThrottle(redis: redis), sessions: sessions,
      metrics: metrics, clock: context.clock)
    let accounts = PlayerAccounts(
      database: database, store: store, hasher: material.hasher, vault: material.vault, clock: context.clock)
    endpoints =
      PlayerRoutes(accounts: accounts).endpoints + SessionRoutes(login: login, sessions: sessions).endpoints
      + BrandRoutes(catalog: catalog, database: database).endpoints
    outbox = OutboxWorker(
      .player, database: database, redis: redis, catalog: catalog, registry: context.registry, logger: context.logger)
  }

  /// What `/ready` asks besides the drivers: whether events go out.
  package var checks: [ReadinessCheck] { [outbox.readiness] }

  /// Publishes the outbox to `player:events` until the task is cancelled.
  package func run() async { await outbox.run() }
}
