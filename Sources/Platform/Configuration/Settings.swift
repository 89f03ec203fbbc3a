package import Kernel

/// The table of everything that can be configured. `docs/operating/configuration.md` and `cordon config` are written from it.
package enum Settings {
  private static let issuers: Setting.Scope = .roles([.playerService])
  private static let verifiers: Setting.Scope = .roles([.gateway, .playerService, .agentService, .adminService, .realtime])
  private static let signersAndWallet: Setting.Scope = .roles([
    .gateway, .adminService, .gameService, .promotionService, .reconService, .rollingService, .walletService,
  ])

  /// No role reads it.
  private static let tools: Setting.Scope = .roles([])

  package static let environment = Setting(
    "CORDON_ENV", "Label of the environment. local, dev, development, test and ci are for development; any other label is production-grade."
  )
  package static let applicationEnvironment = Setting("APP_ENV", "As CORDON_ENV; the strictest of the three decides.")
  package static let plainEnvironment = Setting("ENVIRONMENT", "As CORDON_ENV; the strictest of the three decides.")
  package static let configurationFile = Setting("CORDON_CONFIG_FILE", "A file of NAME=VALUE lines, read below the environment.")
  package static let debug = Setting("CORDON_DEBUG", "Verbose logs. Refused in production.", form: .flag, defaultValue: "off")
  package static let logLevel = Setting(
    "CORDON_LOG_LEVEL", "Least severe level that is logged.",
    form: .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
    defaultValue: "info")

  package static let databaseURL = Setting(
    "DATABASE_URL", "PostgreSQL, as the role cordon_app.", form: .url(schemes: ["postgres", "postgresql"]), isSecret: true,
    isRequiredInProduction: true)
  package static let migrateDatabaseURL = Setting(
    "MIGRATE_DATABASE_URL", "PostgreSQL, as a role that may migrate. Without it DATABASE_URL is used.",
    form: .url(schemes: ["postgres", "postgresql"]), isSecret: true)
  package static let backupDatabaseURL = Setting(
    "BACKUP_DATABASE_URL", "PostgreSQL, as the role cordon_backup. Without it MIGRATE_DATABASE_URL is used.",
    form: .url(schemes: ["postgres", "postgresql"]), isSecret: true, scope: tools)
  package static let redisURL = Setting(
    "REDIS_URL", "Redis.", form: .url(schemes: ["redis", "rediss", "unix"]), isSecret: true, isRequiredInProduction: true)
  package static let expectedMigrationHead = Setting(
    "EXPECTED_MIGRATION_HEAD",
    "The schema version that the database must have. Without it, the one this program was built with; in production both.",
    form: .integer(0...999_999))

  package static let enforcement = Setting(
    "MULTI_BRAND_ENFORCEMENT", "What happens when a brand check fails. Production needs it spelled out.",
    form: .choice(EnforcementMode.allCases.map(\.rawValue)), defaultValue: "enforce", aliases: ["CORDON_MULTI_BRAND_ENFORCEMENT"])
  package static let enforcementOverrides = Setting(
    "MULTI_BRAND_ENFORCEMENT_OVERRIDES",
    "Callers whose commands on another brand's rows are counted and not refused: CALLER=observe@END, END within 24 hours. None by default.",
    form: .enforcementOverrides, scope: .roles([.walletService]))
  package static let brandSigningKey = Setting(
    "BRAND_SIGNING_KEY", "HMAC key of brand signatures on wallet writes.", isSecret: true, scope: signersAndWallet,
    isRequiredInProduction: true)
  package static let brandSigningKeyPrevious = Setting(
    "BRAND_SIGNING_KEY_PREV", "The key before it, accepted while a rotation lasts.", isSecret: true, scope: .roles([.walletService]))
  package static let walletSignatureRequired = Setting(
    "WALLET_BRAND_SIGNATURE_REQUIRE", "Whether the wallet refuses unsigned writes.", form: .flag, defaultValue: "off",
    scope: .roles([.walletService]))

  package static let plisioSecret = Setting(
    "PLISIO_SECRET_KEY", "Secret that Plisio signs callbacks with, for brands that have none of their own; 16 bytes at least.",
    isSecret: true,
    scope: .roles([.walletService]))
  package static let plisioSecrets = Setting(
    "PLISIO_SECRET_KEYS", "JSON object: brand code to the secret that Plisio signs its callbacks with.", form: .textMap, isSecret: true,
    scope: .roles([.walletService]))
  package static let plisioToleranceSeconds = Setting(
    "PLISIO_TIMESTAMP_TOLERANCE_SECONDS", "How far a callback's timestamp may be from our clock.", form: .seconds(1...86_400),
    defaultValue: "300", scope: .roles([.walletService]))

  package static let verifyCallbacks = Setting(
    "VERIFY_CALLBACKS", "Whether game providers' callbacks must carry their signature. Off is refused in production.", form: .flag,
    defaultValue: "on", scope: .roles([.gameService]))
  package static let gameProviderKeys = Setting(
    "GAME_PROVIDER_KEYS", "JSON object: game provider to what its callbacks are verified with, a secret or an RSA public key (PEM).",
    form: .textMap, isSecret: true, scope: .roles([.gameService]), isRequiredInProduction: true)
  package static let gameProviderKeysPrevious = Setting(
    "GAME_PROVIDER_KEYS_PREV", "The keys before them, accepted while a rotation lasts.", form: .textMap, isSecret: true,
    scope: .roles([.gameService]))
  package static let gameLaunchURLs = Setting(
    "GAME_LAUNCH_URLS", "JSON object: game provider to the URL at which its games open.", form: .textMap, scope: .roles([.gameService]))
  package static let gameCallbackAllowList = Setting(
    "GAME_CALLBACK_ALLOWLIST",
    "JSON object: game provider to accounts, separated by commas, whose unresolvable callbacks raise no alarm.", form: .textMap,
    scope: .roles([.gameService]))
  package static let gameSessionSeconds = Setting(
    "GAME_SESSION_TTL", "Life of a game session, in seconds.", form: .seconds(60...86_400), defaultValue: "14400",
    scope: .roles([.gameService]))
  package static let gameSimulatorKeys = Setting(
    "GAME_SIMULATOR_KEYS", "JSON object: game provider to what the provider simulator signs with, a secret or an RSA private key (PEM).",
    form: .textMap, isSecret: true, scope: tools)

  package static let sharedInternalToken = Setting(
    "INTERNAL_SERVICE_TOKEN", "The one token that all callers shared before per-caller tokens.", isSecret: true)
  package static let perCallerTokenRequired = Setting(
    "PER_CALLER_TOKEN_REQUIRED", "Whether the shared token is refused.", form: .flag, defaultValue: "off")

  package static let jwtPrivateKey = Setting(
    "JWT_PRIVATE_KEY", "RSA key (PEM) that signs players' tokens.", form: .multiline, isSecret: true, scope: issuers,
    isRequiredInProduction: true,
    aliases: ["CORDON_JWT_PRIVATE_KEY"])
  package static let jwtKeyID = Setting(
    "JWT_KID", "Key id of JWT_PRIVATE_KEY.", scope: issuers, isRequiredInProduction: true, aliases: ["CORDON_JWT_KID"])
  package static let jwtPublicKeys = Setting(
    "JWT_PUBLIC_KEYS", "JSON object: key id to RSA public key (PEM). The only keys that tokens are verified with.", form: .textMap,
    scope: verifiers, isRequiredInProduction: true, aliases: ["CORDON_JWT_PUBLIC_KEYS"])
  package static let adminJWTPrivateKey = Setting(
    "ADMIN_JWT_PRIVATE_KEY", "RSA key (PEM) that signs operators' tokens.", form: .multiline, isSecret: true,
    scope: .roles([.adminService]),
    isRequiredInProduction: true)
  package static let adminJWTKeyID = Setting(
    "ADMIN_JWT_KID", "Key id of ADMIN_JWT_PRIVATE_KEY.", scope: .roles([.adminService]), isRequiredInProduction: true)
  package static let jwtMinutes = Setting(
    "JWT_EXPIRE_MIN", "Life of an access token, in minutes.", form: .integer(1...1440), defaultValue: "60",
    scope: .roles([.playerService, .adminService]))
  package static let refreshSeconds = Setting(
    "REFRESH_TOKEN_TTL", "Life of a refresh token, in seconds.", form: .seconds(60...31_536_000), defaultValue: "604800",
    scope: .roles([.playerService]))
  package static let signingRequired = Setting(
    "SIGNING_REQUIRED", "Whether a role without its signing material is not ready.", form: .flag, defaultValue: "off")

  package static let signingKeyFile = Setting(
    "SIGNING_KEY_FILE", "File of the key that signs the ledgers' logs (cordon keys signing create). Without it nothing is signed.",
    scope: .roles([.walletWorker]))
  package static let signingStateDirectory = Setting(
    "SIGNING_STATE_DIR",
    "Folder, on another disk than the database, that remembers what was signed last. Without it, that of SIGNING_KEY_FILE.",
    scope: .roles([.walletWorker]))
  package static let evidenceContainment = Setting(
    "EVIDENCE_CONTAINMENT", "Whether a brand is contained (its writes are refused) as soon as one of its logs is found changed.",
    form: .flag,
    defaultValue: "off", scope: .roles([.walletWorker]))

  package static let witnessPolicyFile = Setting(
    "WITNESS_POLICY_FILE",
    "File of the witnesses that cosign the ledgers' logs, with keys, addresses and quorum (C2SP tlog-policy). Without it none are asked.",
    scope: .roles([.walletService, .walletWorker, .adminService]))

  package static let personalDataKey = Setting(
    "AES_PII_KEY_CURRENT", "AES-256 key of personal data, 32 bytes in base64.", isSecret: true, scope: .roles([.playerService]),
    isRequiredInProduction: true)
  package static let personalDataKeyID = Setting(
    "AES_PII_KEY_ID", "Name of AES_PII_KEY_CURRENT, stored beside each value.", scope: .roles([.playerService]))

  package static let workerEnabled = Setting(
    "WORKER_ENABLED", "Whether a worker role works, or only answers probes.", form: .flag, defaultValue: "on")
  package static let bindAddress = Setting("CORDON_BIND_ADDRESS", "Address that the roles listen on.", defaultValue: "127.0.0.1")
  package static let drainSeconds = Setting(
    "CORDON_DRAIN_SECONDS", "How long after SIGTERM reads are still taken, so that load balancers notice.", form: .seconds(0...300),
    defaultValue: "5")
  package static let shutdownSeconds = Setting(
    "CORDON_SHUTDOWN_SECONDS", "When a stop that has not finished is forced, counted from SIGTERM.", form: .seconds(1...900),
    defaultValue: "30")
  package static let diagnosticsDirectory = Setting(
    "CORDON_DIAGNOSTICS_DIR", "Where the files about a forced stop, and about the state that SIGUSR1 asks for, are written.",
    defaultValue: "/var/log/cordon")
  /// More than one address sends by honest means, and still a limit.
  private static let rateLimitInProduction = 120_000
  private static let credentialsRateLimitInProduction = 6000
  package static let rateLimit = Setting(
    "CORDON_RATE_LIMIT_PER_MINUTE", "Requests of one address per minute at the gateway; at most \(rateLimitInProduction) in production.",
    form: .integer(1...10_000_000), defaultValue: "600", scope: .roles([.gateway]), maximumInProduction: rateLimitInProduction)

  package static let credentialsRateLimit = Setting(
    "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE",
    "As CORDON_RATE_LIMIT_PER_MINUTE, for registration, login and refresh; at most \(credentialsRateLimitInProduction) in production.",
    form: .integer(1...10_000_000), defaultValue: "60", scope: .roles([.gateway]), maximumInProduction: credentialsRateLimitInProduction)
  package static let trustedProxies = Setting(
    "CORDON_TRUSTED_PROXIES",
    "Addresses and CIDR blocks, separated by commas, whose X-Forwarded-For the gateway believes. None by default.",
    scope: .roles([.gateway]))
  package static let connectionsPerAddressMax = Setting(
    "CORDON_CONNECTIONS_PER_ADDRESS_MAX", "Connections of one address at a time at the gateway.", form: .integer(1...1_000_000),
    defaultValue: "1000", scope: .roles([.gateway]))
  package static let accessLog = Setting(
    "CORDON_ACCESS_LOG", "Whether served requests are logged too; refusals and failures are always logged.", form: .flag,
    defaultValue: "on")

  package static let connectionsMax = Setting(
    "CORDON_HTTP_CONNECTIONS_MAX", "Connections of one role at a time; more wait in the backlog.", form: .integer(1...1_000_000),
    defaultValue: "4096")
  package static let headerSeconds = Setting(
    "CORDON_HTTP_HEADER_SECONDS", "How long a request's header section may take to arrive.", form: .seconds(1...600), defaultValue: "10")
  package static let bodySeconds = Setting(
    "CORDON_HTTP_BODY_SECONDS", "How long a request's body may take to arrive.", form: .seconds(1...600), defaultValue: "20")
  package static let idleSeconds = Setting(
    "CORDON_HTTP_IDLE_SECONDS", "How long a connection may stay without a request.", form: .seconds(1...3600), defaultValue: "75")

  package static let securityLogPath = Setting(
    "SECURITY_LOG_PATH", "Where attempts across brands are kept, a line of JSON each, while security_audit_logs can't be written.",
    defaultValue: "/var/log/cordon/security_violations.log")
  package static let gameSpoolDirectory = Setting(
    "CORDON_GAME_SPOOL_DIR", "Where game_service keeps callbacks for the dead-letter table while it can't be written.",
    defaultValue: "/var/lib/cordon/game-spool", scope: .roles([.gameService]))
  package static let gameServiceURL = Setting(
    "GAME_SERVICE_URL", "Where cordon dlq reaches game_service. Without it, CORDON_GAME_SERVICE_URL where that is set.",
    form: .url(schemes: ["http", "https"]), defaultValue: "http://localhost:8012", scope: tools)
  package static let harnessCaller = Setting(
    "E2E_INTERNAL_CALLER_SERVICE", "As whom the two-brand harness makes internal calls; without it as gateway.",
    form: .choice(CallerLabel.allCases.map(\.rawValue)), scope: tools)
  package static let harnessToken = Setting(
    "E2E_INTERNAL_SERVICE_TOKEN", "That caller's token, for the harness. Without it INTERNAL_SERVICE_TOKEN_<CALLER> is used.",
    isSecret: true, scope: tools)
  package static let harnessOperator = Setting("E2E_OPERATOR_ID", "The harness' operator; without it ops:e2e.", scope: tools)
  package static let harnessOperatorPassword = Setting(
    "E2E_OPERATOR_PASSWORD", "That operator's password. The harness gives it to the account; without it a new one each run.",
    isSecret: true, scope: tools)

  /// `CORDON_<ROLE>_PORT`.
  package static func port(of role: ServiceRole) -> Setting {
    Setting(
      "CORDON_\(role.rawValue.uppercased())_PORT", "TCP port of \(role.rawValue).", form: .integer(0...65535),
      defaultValue: String(role.defaultPort))
  }

  /// `CORDON_<ROLE>_URL`: where other roles reach it.
  package static func url(of role: ServiceRole) -> Setting {
    Setting(
      "CORDON_\(role.rawValue.uppercased())_URL", "Where \(role.rawValue) is reached.", form: .url(schemes: ["http", "https"]),
      defaultValue: "http://127.0.0.1:\(role.defaultPort)")
  }

  /// `INTERNAL_SERVICE_TOKEN_<CALLER>`.
  package static func token(of caller: CallerLabel) -> Setting {
    Setting(
      "INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)", "Token of calls that \(caller.rawValue) makes.", isSecret: true,
      aliases: ["CORDON_INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)"])
  }

  /// `INTERNAL_SERVICE_TOKEN_<CALLER>_PREV`.
  package static func previousToken(of caller: CallerLabel) -> Setting {
    Setting(
      "INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)_PREV", "The token before it, accepted while a rotation lasts.", isSecret: true,
      aliases: ["CORDON_INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)_PREV"])
  }

  package static let all: [Setting] =
    [
      environment, applicationEnvironment, plainEnvironment, configurationFile, debug, logLevel, databaseURL, migrateDatabaseURL,
      backupDatabaseURL, redisURL,
      expectedMigrationHead, enforcement, enforcementOverrides, brandSigningKey, brandSigningKeyPrevious, walletSignatureRequired,
      plisioSecret,
      plisioSecrets, plisioToleranceSeconds, verifyCallbacks, gameProviderKeys, gameProviderKeysPrevious, gameLaunchURLs,
      gameCallbackAllowList, gameSessionSeconds, gameSimulatorKeys, sharedInternalToken,
      perCallerTokenRequired, jwtPrivateKey, jwtKeyID, jwtPublicKeys, adminJWTPrivateKey, adminJWTKeyID, jwtMinutes, refreshSeconds,
      signingRequired, signingKeyFile, signingStateDirectory, evidenceContainment, witnessPolicyFile, personalDataKey, personalDataKeyID,
      workerEnabled,
      bindAddress, drainSeconds,
      shutdownSeconds, diagnosticsDirectory,
      rateLimit, credentialsRateLimit, trustedProxies, connectionsPerAddressMax, accessLog, connectionsMax, headerSeconds, bodySeconds,
      idleSeconds, securityLogPath, gameSpoolDirectory, gameServiceURL, harnessCaller, harnessToken, harnessOperator,
      harnessOperatorPassword,
    ]
    + ServiceRole.allCases.flatMap { [port(of: $0), url(of: $0)] }
    + CallerLabel.allCases.flatMap { [token(of: $0), previousToken(of: $0)] }
}
