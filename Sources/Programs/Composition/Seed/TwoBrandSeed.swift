internal import Contracts
internal import Kernel
internal import Platform
package import Postgres
package import Redis
package import Security

/// Two brands to try everything with, on an empty migrated database as on one that is in use (`cordon brand seed-two`, S0-E2E-01 to
/// S0-E2E-04). Run twice, the second run finds everything and changes nothing.
///
/// What if it stops half-way: each step commits by itself and checks for itself, so that another run goes on.
package struct TwoBrandSeed: Sendable {
  private let database: Database
  private let redis: RedisClient
  private let bindings: DomainBindings
  private let hasher: PasswordHasher?
  private let cipher: PersonalDataCipher?

  /// - Parameters:
  ///   - database: as `cordon_app`.
  ///   - hasher: only needed for an account.
  ///   - cipher: only needed for the local bank card, which is left out without it.
  package init(database: Database, redis: RedisClient, hasher: PasswordHasher? = nil, cipher: PersonalDataCipher? = nil) {
    self.database = database
    self.redis = redis
    self.bindings = DomainBindings(database: database, redis: redis)
    self.hasher = hasher
    self.cipher = cipher
  }

  package func run(_ options: SeedOptions) async throws -> SeedReport {
    let store = SeedStore(database: database, operatorID: options.operatorID)
    var report = SeedReport()
    report.note("agent \(SeedBrand.agent)", try await store.ensureAgent() ? .created : .kept)
    for seed in SeedBrand.both {
      let (brand, isNew) = try await store.ensureBrand(seed)
      report.note("brand", brand: seed.code, isNew ? .created : .kept)
      // Also when it was there: an earlier run may have stopped before it could tell.
      try await redis.publish(RedisKeys.brandCatalogChanged, RedisArgument(seed.code))
      report = try await database.withBrand(brand) { [report] transaction in
        try await rows(seed, options, store, transaction, report)
      }
      for host in seed.hosts { try await bindings.publish(host.name) }
    }
    if let account = options.account {
      guard let hasher else { throw SeedError.cannotHashPasswords }
      let operators = SeedOperatorStore(database: database, hasher: hasher, operatorID: options.operatorID)
      report.note("operator \(account.id)", try await operators.ensure(account))
    }
    return report
  }

  /// Everything of one brand, in one transaction. Takes and returns the report, because a transaction may run twice.
  private func rows(
    _ seed: SeedBrand, _ options: SeedOptions, _ store: SeedStore, _ transaction: BrandTransaction, _ report: SeedReport
  ) async throws -> SeedReport {
    var report = report
    func note(_ what: String, _ isNew: Bool) { report.note(what, brand: seed.code, isNew ? .created : .kept) }
    note("agent_brand", try await store.ensureAgentIsAdmitted(transaction))
    note("agent_setting", try await store.ensureAgentSetting(transaction))
    for host in seed.hosts {
      if host.target.kind == .agent { note("agent_domain \(host.name)", try await store.ensureAgentDomain(host.name, transaction)) }
      note("binding \(host.name)", try await store.ensureBinding(host, transaction))
    }
    for (key, value) in seed.configuration.sorted(by: { $0.key < $1.key }) {
      report.note("brand_config \(key)", brand: seed.code, try await store.ensureConfiguration(key, value, transaction))
    }
    note("wallet topology", try await store.ensureDocument("wallet_topology", SeedDocuments.topology, transaction))
    note("wallet policy", try await store.ensureDocument("wallet_policy", SeedDocuments.policy, transaction))
    if options.includesLocalBanks, seed.code == SeedBrand.standard.code {
      let banks = SeedBankStore(cipher: cipher)
      note("bank", try await banks.ensureBank(transaction))
      note("bank_card_group", try await banks.ensureGroup(transaction))
      report.note("bank_card", brand: seed.code, try await banks.ensureCard(transaction))
    }
    return report
  }
}
