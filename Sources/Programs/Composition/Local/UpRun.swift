internal import Foundation
internal import Glibc
internal import Kernel
internal import Logging
package import Platform
internal import Postgres
internal import Redis
internal import Security

/// `cordon up`: servers if none are named, schema, secrets, all roles in this process, the demonstration if asked for; until a stop signal.
package struct UpRun: Sendable {
  private static let operatorID = "ops:demo"
  private let options: UpOptions
  private let build: BuildInformation
  private let logSink: LogSink
  private let tell: @Sendable (UpEvent) -> Void

  package init(
    options: UpOptions, build: BuildInformation, logSink: LogSink = .standardError, tell: @escaping @Sendable (UpEvent) -> Void
  ) {
    self.options = options
    self.build = build
    self.logSink = logSink
    self.tell = tell
  }

  /// - Returns: false when the demonstration was asked for and did not go as expected.
  package func run() async throws -> Bool {
    let base = try ConfigurationLoader.load(roles: [], flags: flagsWithLocalDefaults)
    let logger = RoleLogger.make(service: "cordon", configuration: base, sink: logSink)
    let stack = try await LocalStack.start(
      directory: options.directory, migrations: options.migrations,
      given: LocalStack.Given(
        databaseURL: base.text(Settings.databaseURL), migrateDatabaseURL: base.text(Settings.migrateDatabaseURL),
        redisURL: base.text(Settings.redisURL)), logger: logger, progress: { tell(.progress($0)) })
    for notice in stack.notices { tell(.notice(notice)) }
    do {
      let passed = try await serve(on: stack, base)
      await stack.stop()
      return passed
    } catch {
      await stack.stop()
      throw error
    }
  }

  /// On one machine nobody has to notice that readiness went, and the environment is a local one unless something says otherwise.
  private var flagsWithLocalDefaults: [String: String] {
    let environment = ProcessInfo.processInfo.environment
    var flags = options.flags
    let labels = [Settings.environment, Settings.applicationEnvironment, Settings.plainEnvironment].map(\.name)
    if labels.allSatisfy({ flags[$0] == nil && environment[$0] == nil }) { flags[Settings.environment.name] = "local" }
    let defaults = [
      (Settings.drainSeconds, "0"), (Settings.diagnosticsDirectory, options.directory),
      (Settings.gameSpoolDirectory, options.directory + "/game-spool"),
      (Settings.securityLogPath, options.directory + "/security/security_violations.log"),
    ]
    for (setting, value) in defaults
    where flags[setting.name] == nil && environment[setting.name] == nil { flags[setting.name] = value }
    return flags
  }

  private func serve(on stack: LocalStack, _ base: EffectiveConfiguration) async throws -> Bool {
    var flags = flagsWithLocalDefaults
    for (name, value) in stack.settings where base.entries[name].map({ $0.source == .defaultValue }) ?? true { flags[name] = value }
    for role in RoleFactory.available where !base.isExplicit(Settings.url(of: role)) {
      let port = base.integer(Settings.port(of: role)) ?? role.defaultPort
      flags[Settings.url(of: role).name] = "http://127.0.0.1:\(port)"
    }
    let settings = flags
    let reread = { @Sendable in try ConfigurationLoader.load(roles: RoleFactory.available, flags: settings) }
    let configuration = try reread()
    let listening = ListeningPorts()
    let process = try CordonProcess(
      roles: RoleFactory.available, parts: ProcessParts(configuration: configuration, reread: reread, build: build, logSink: logSink),
      listening: listening)
    tell(.progress("starting \(RoleFactory.available.count) roles"))
    let outcome = Kept<Bool>()
    try await process.run {
      await listening.all(of: RoleFactory.available)
      try stack.describe(description(of: stack, configuration, listening))
      if options.playsDemo { outcome.value = try await demonstrate(configuration, listening, directory: stack.directory) }
      tell(.ready(RoleFactory.available.map { ($0, "http://127.0.0.1:\(listening[$0] ?? $0.defaultPort)") }))
      // The stop is the same as an operator's: a signal, then the drain.
      if options.exitsAfterDemo || outcome.value == false { kill(getpid(), SIGTERM) }
    }
    tell(.stopping)
    return outcome.value ?? true
  }

  /// What the other commands need to know: the stack's own settings as the roles got them, and where the roles are.
  private func description(
    of stack: LocalStack, _ configuration: EffectiveConfiguration, _ listening: ListeningPorts
  ) -> [String: String] {
    var settings = stack.settings
    for name in settings.keys { settings[name] = configuration.entries[name]?.value ?? settings[name] }
    settings[Settings.environment.name] = configuration.environment.label
    for role in RoleFactory.available {
      settings[Settings.url(of: role).name] = "http://127.0.0.1:\(listening[role] ?? role.defaultPort)"
    }
    return settings
  }

  private func demonstrate(_ configuration: EffectiveConfiguration, _ listening: ListeningPorts, directory: String) async throws -> Bool {
    let password = try DemoPassword(directory: directory).load()
    let brands = try await seed(configuration, password)
    let address = { (role: ServiceRole) in "http://127.0.0.1:\(listening[role] ?? role.defaultPort)" }
    var tokens: [CallerLabel: String] = [:]
    for caller in CallerLabel.allCases { tokens[caller] = configuration.text(Settings.token(of: caller)) }
    let demo = TwoBrandDemo(
      client: StackClient(),
      addresses: StackAddresses(
        gateway: address(.gateway), wallet: address(.walletService), admin: address(.adminService), operatorID: Self.operatorID,
        operatorPassword: password, tokens: tokens,
        provider: DemoProvider(address: address(.gameService), keysJSON: configuration.text(Settings.gameSimulatorKeys))),
      brands: brands, run: String(WallClock.system.now().microseconds / 1000, radix: 36)
    ) { tell(.step($0)) }
    let report = await demo.play()
    tell(.demo(report))
    return report.passed
  }

  /// The two brands and an operator for the demonstration; a second run finds them.
  private func seed(_ configuration: EffectiveConfiguration, _ password: String) async throws -> [Brand] {
    let logger = RoleLogger.make(service: "cordon", configuration: configuration, sink: logSink)
    let database = Database(
      try DatabaseConfiguration(url: configuration.text(Settings.databaseURL) ?? "", poolSizeMax: 2), logger: logger)
    let redis = RedisClient(try RedisConfiguration(url: configuration.text(Settings.redisURL) ?? ""), logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await redis.run() }
      group.addTask { await database.run() }
      defer { group.cancelAll() }
      let seed = TwoBrandSeed(
        database: database, redis: redis, hasher: try PasswordHasher(), cipher: try configuration.personalDataCipher())
      _ = try await seed.run(
        SeedOptions(includesLocalBanks: true, account: SeedOperator(id: Self.operatorID, password: password)))
      let brands = try await BrandCatalog(database: database).all().filter { SeedBrand.both.map(\.code).contains($0.code.rawValue) }
      await redis.close()
      await database.close()
      return brands
    }
  }
}
