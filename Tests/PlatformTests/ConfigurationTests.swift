import Kernel
import Testing

@testable import Platform

@Suite("Configuration")
struct ConfigurationTests {
  static let pem = "-----BEGIN PRIVATE KEY-----\nMIIB\nAA==\n-----END PRIVATE KEY-----"

  /// What a production gateway needs and nothing else.
  static let gateway = [
    "CORDON_ENV": "production", "DATABASE_URL": "postgres://cordon_app:pw123456@db/cordon", "REDIS_URL": "redis://:pw654321@redis:6379/0",
    "MULTI_BRAND_ENFORCEMENT": "enforce", "BRAND_SIGNING_KEY": "signing-key-of-the-brands",
    "JWT_PUBLIC_KEYS": #"{"k1":"-----BEGIN PUBLIC KEY-----"}"#,
    "INTERNAL_SERVICE_TOKEN_GATEWAY": "token-of-the-gateway",
  ]

  struct Refused: CustomStringConvertible, Sendable {
    let description: String
    let change: [String: String]
    var roles: [ServiceRole] = [.gateway]
    let name: String
    let says: String
  }

  static let refused: [Refused] = [
    Refused(
      description: "unknown setting", change: ["CORDON_DRAIN_SECOND": "1"], name: "CORDON_DRAIN_SECOND",
      says: "did you mean CORDON_DRAIN_SECONDS?"),
    Refused(
      description: "unknown setting far from any", change: ["CORDON_ZZZ": "1"], name: "CORDON_ZZZ", says: "is not a setting of Cordon"),
    Refused(description: "C-63 singular key", change: ["JWT_PUBLIC_KEY": pem], name: "JWT_PUBLIC_KEY", says: "set JWT_PUBLIC_KEYS"),
    Refused(
      description: "S0-SVC-07 no signing key", change: ["BRAND_SIGNING_KEY": ""], name: "BRAND_SIGNING_KEY",
      says: "is required in production by gateway"),
    Refused(
      description: "S0-JWT-17 no public keys", change: ["JWT_PUBLIC_KEYS": ""], name: "JWT_PUBLIC_KEYS", says: "is required in production"),
    Refused(description: "S0-JWT-17 empty key map", change: ["JWT_PUBLIC_KEYS": "{}"], name: "JWT_PUBLIC_KEYS", says: "at least one key"),
    Refused(
      description: "key map with duplicate ids", change: ["JWT_PUBLIC_KEYS": #"{"a":"x","a":"y"}"#], name: "JWT_PUBLIC_KEYS",
      says: "must be a JSON object"),
    Refused(description: "S4-START-01 no database", change: ["DATABASE_URL": ""], name: "DATABASE_URL", says: "is required in production"),
    Refused(
      description: "C-33 enforcement not said", change: ["MULTI_BRAND_ENFORCEMENT": ""], name: "MULTI_BRAND_ENFORCEMENT",
      says: "must be set explicitly"),
    Refused(
      description: "unknown enforcement", change: ["MULTI_BRAND_ENFORCEMENT": "maybe"], name: "MULTI_BRAND_ENFORCEMENT",
      says: "must be one of off, observe, enforce"),
    Refused(
      description: "S4-INC-12 a limit that limits nothing", change: ["CORDON_RATE_LIMIT_PER_MINUTE": "120001"],
      name: "CORDON_RATE_LIMIT_PER_MINUTE", says: "is at most 120000 in production"),
    Refused(
      description: "S4-INC-12 guesses without end", change: ["CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE": "10000000"],
      name: "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE", says: "is at most 6000 in production"),
    Refused(description: "S4-START-04 debug", change: ["CORDON_DEBUG": "on"], name: "CORDON_DEBUG", says: "is refused in production"),
    Refused(
      description: "placeholder secret", change: ["BRAND_SIGNING_KEY": "changeme"], name: "BRAND_SIGNING_KEY", says: "is a placeholder"),
    Refused(
      description: "no caller token", change: ["INTERNAL_SERVICE_TOKEN_GATEWAY": ""], name: "INTERNAL_SERVICE_TOKEN_GATEWAY",
      says: "which calls other roles"),
    Refused(
      description: "port that is no number", change: ["CORDON_GATEWAY_PORT": "tcp://10.0.0.1"], name: "CORDON_GATEWAY_PORT",
      says: "must be a whole number from 0 to 65535"),
    Refused(
      description: "flag that is neither", change: ["PER_CALLER_TOKEN_REQUIRED": "yes please"], name: "PER_CALLER_TOKEN_REQUIRED",
      says: "must be on or off"),
    Refused(description: "URL of another kind", change: ["REDIS_URL": "http://x"], name: "REDIS_URL", says: "begins with redis://"),
    Refused(
      description: "two names that disagree", change: ["JWT_KID": "a", "CORDON_JWT_KID": "b"], name: "JWT_KID",
      says: "JWT_KID and CORDON_JWT_KID say different things"),
    Refused(
      description: "value and file", change: ["BRAND_SIGNING_KEY_FILE": "/run/key"], name: "BRAND_SIGNING_KEY_FILE",
      says: "is set together with BRAND_SIGNING_KEY"),
    Refused(
      description: "file that can't be read", change: ["BRAND_SIGNING_KEY": "", "BRAND_SIGNING_KEY_FILE": "/nowhere"],
      name: "BRAND_SIGNING_KEY_FILE",
      says: "/nowhere can't be read"),
    Refused(
      description: "player without its key", change: [:], roles: [.playerService], name: "JWT_PRIVATE_KEY", says: "by player_service"),
    Refused(
      description: "S0-PLY-07 no AES key", change: [:], roles: [.playerService], name: "AES_PII_KEY_CURRENT", says: "by player_service"),
    Refused(
      description: "admin without its key", change: [:], roles: [.adminService], name: "ADMIN_JWT_PRIVATE_KEY", says: "by admin_service"),
  ]

  private func resolve(_ environment: [String: String], roles: [ServiceRole] = [.gateway]) throws -> EffectiveConfiguration {
    try ConfigurationRules.resolve(ConfigurationInput(environment: environment), roles: roles)
  }

  @Test("refuses the start, naming the variable and what would be right", arguments: refused)
  func refusals(_ one: Refused) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try resolve(Self.gateway.merging(one.change) { $1 }, roles: one.roles)
    }
    #expect(error.faults.contains { $0.name == one.name && $0.message.contains(one.says) }, "\(error)")
    #expect(!error.description.contains("pw123456"))
  }

  @Test("accepts a complete production configuration")
  func accepted() throws {
    let configuration = try resolve(Self.gateway)
    #expect(configuration.environment.isProductionGrade)
    #expect(configuration.enforcement == .enforce)
    #expect(configuration.integer(Settings.port(of: .gateway)) == 8080)
    #expect(configuration.seconds(Settings.shutdownSeconds) == .seconds(30))
  }

  @Test("reports every fault at once")
  func all() throws {
    let error = try #require(throws: ConfigurationError.self) { try resolve(["CORDON_A": "1", "CORDON_B": "1"], roles: [.gateway]) }
    #expect(error.faults.count >= 7)
  }

  @Test("C-24 the strictest of three environment labels decides, and no label is production")
  func environments() throws {
    #expect(try resolve(["CORDON_ENV": "test"]).environment.label == "test")
    #expect(try resolve(["ENVIRONMENT": "ci"]).environment.isProductionGrade == false)
    #expect(throws: ConfigurationError.self) { try resolve(["CORDON_ENV": "test", "APP_ENV": "staging"]) }
    #expect(throws: ConfigurationError.self) { try resolve([:]) }
    #expect(try resolve([:], roles: []).environment.isProductionGrade)
  }

  @Test("a flag beats the environment, which beats the file, which beats the default")
  func precedence() throws {
    let setting = Settings.drainSeconds
    var input = ConfigurationInput(environment: ["CORDON_ENV": "test"])
    #expect(try ConfigurationRules.resolve(input, roles: []).entries[setting.name]?.source == .defaultValue)
    input.file = [.init(name: setting.name, value: "1", number: 1)]
    #expect(try ConfigurationRules.resolve(input, roles: []).integer(setting) == 1)
    input.environment[setting.name] = "2"
    #expect(try ConfigurationRules.resolve(input, roles: []).integer(setting) == 2)
    input.flags[setting.name] = "3"
    let configuration = try ConfigurationRules.resolve(input, roles: [])
    #expect(configuration.integer(setting) == 3)
    #expect(configuration.entries[setting.name]?.source == .flag)
  }

  @Test("an unknown name in the file is refused whatever its prefix")
  func unknownInFile() throws {
    let input = ConfigurationInput(environment: ["CORDON_ENV": "test"], file: [.init(name: "REDIS_UL", value: "redis://a", number: 4)])
    let error = try #require(throws: ConfigurationError.self) { try ConfigurationRules.resolve(input, roles: []) }
    #expect(error.description.contains("line 4"))
    #expect(error.description.contains("did you mean REDIS_URL?"))
  }

  @Test("S0-JWT-21 the compose names feed the settings")
  func aliases() throws {
    let configuration = try resolve(["CORDON_ENV": "test", "CORDON_JWT_KID": "k9", "CORDON_JWT_PUBLIC_KEYS": #"{"k9":"pem"}"#])
    #expect(configuration.text(Settings.jwtKeyID) == "k9")
    #expect(configuration.text(Settings.jwtPublicKeys) == #"{"k9":"pem"}"#)
  }

  @Test("PEM may be written with escaped line ends")
  func escapedPEM() throws {
    let escaped = Self.pem.replacing("\n", with: "\\n")
    #expect(try resolve(["CORDON_ENV": "test", "JWT_PRIVATE_KEY": escaped]).text(Settings.jwtPrivateKey) == Self.pem)
  }

  @Test("the file form: comments, quotes, PEM over several lines")
  func file() throws {
    let text = """
      # comment
      export DATABASE_URL=postgres://a/b # trailing

      JWT_KID = 'k # 1'
      JWT_PRIVATE_KEY=\(Self.pem)
      AES_PII_KEY_ID="a\\tb \\"c\\""
      JWT_PUBLIC_KEYS='{
        "k1": "x"
      }'
      """
    let (lines, faults) = DotenvFile.parse(text)
    #expect(faults.isEmpty)
    #expect(lines.map(\.name) == ["DATABASE_URL", "JWT_KID", "JWT_PRIVATE_KEY", "AES_PII_KEY_ID", "JWT_PUBLIC_KEYS"])
    #expect(lines.map(\.value) == ["postgres://a/b", "k # 1", Self.pem, "a\tb \"c\"", "{\n  \"k1\": \"x\"\n}"])
    #expect(lines.map(\.number) == [2, 4, 5, 9, 10])
    for broken in ["no equals sign", "A=\"open", "A='x' y", "A=1\nA=2", "A B=1", "A=-----BEGIN X-----\nabc"] {
      #expect(!DotenvFile.parse(broken).faults.isEmpty, "\(broken)")
    }
  }

  @Test("the file and secret files are read")
  func loading() throws {
    let folder = try TestFolder.make(["key": "the-key-itself\n", "cordon.env": "CORDON_DRAIN_SECONDS=7\n"])
    defer { TestFolder.remove(folder) }
    let environment = ["CORDON_ENV": "test", "BRAND_SIGNING_KEY_FILE": "\(folder)/key", "CORDON_CONFIG_FILE": "\(folder)/cordon.env"]
    let configuration = try ConfigurationLoader.load(roles: [], environment: environment)
    #expect(configuration.text(Settings.brandSigningKey) == "the-key-itself")
    #expect(configuration.entries["BRAND_SIGNING_KEY"]?.source == .secretFile)
    #expect(configuration.integer(Settings.drainSeconds) == 7)
    #expect(throws: ConfigurationError.self) { try ConfigurationLoader.load(roles: [], environment: ["CORDON_CONFIG_FILE": "/nowhere"]) }
  }

  @Test("printed, it shows every setting with its source and no secret")
  func redacted() throws {
    let configuration = try resolve(Self.gateway)
    for text in [ConfigurationReport.text(of: configuration), ConfigurationReport.json(of: configuration)] {
      for setting in Settings.all { #expect(text.contains(setting.name)) }
      for secret in ["pw123456", "pw654321", "signing-key-of-the-brands", "token-of-the-gateway"] { #expect(!text.contains(secret)) }
      #expect(text.contains("enforce"))
    }
    #expect(ConfigurationReport.text(of: configuration).contains("MULTI_BRAND_ENFORCEMENT=enforce  # environment"))
    _ = try JSONDocument.parse(Array(ConfigurationReport.json(of: configuration).utf8))
  }

  @Test("no two settings share a name")
  func unique() {
    let names = Settings.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
  }

  @Test("S4-START-05 a schema other than the expected one refuses the start with both heads")
  func heads() throws {
    #expect(StartRules.headRefusal(expected: [8], actual: 8) == nil)
    let older = try #require(StartRules.headRefusal(expected: [8], actual: 7))
    #expect(older.contains("expected 8") && older.contains("actual 7") && older.contains("cordon db migrate"))
    #expect(StartRules.headRefusal(expected: [7], actual: 8)?.contains("older than the database") == true)
    let configured = try resolve(["CORDON_ENV": "test", "EXPECTED_MIGRATION_HEAD": "12"])
    #expect(StartRules.expectedHeads(configuration: configured, builtIn: 8) == [12])
  }

  @Test("S4-INC-03 in production a configured head doesn't replace the program's own: one that both agree on is needed")
  func headsInProduction() throws {
    let unset = try resolve(Self.gateway)
    #expect(StartRules.expectedHeads(configuration: unset, builtIn: 8) == [8])
    let behind = StartRules.expectedHeads(
      configuration: try resolve(Self.gateway.merging(["EXPECTED_MIGRATION_HEAD": "7"]) { $1 }), builtIn: 8)
    #expect(StartRules.headRefusal(expected: behind, actual: 7)?.contains("expected 8, actual 7") == true)
    let stale = try #require(StartRules.headRefusal(expected: behind, actual: 8))
    #expect(stale.contains("expected 7, actual 8") && stale.hasSuffix("correct EXPECTED_MIGRATION_HEAD"), "\(stale)")
  }

  @Test("S4-INC-12 a limit may be as high as production takes, and as high as anybody likes where developers work")
  func limits() throws {
    let most = ["CORDON_RATE_LIMIT_PER_MINUTE": "120000", "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE": "6000"]
    _ = try resolve(Self.gateway.merging(most) { $1 })
    _ = try resolve(Self.gateway.merging(["CORDON_ENV": "local", "CORDON_RATE_LIMIT_PER_MINUTE": "120001"]) { $1 })
  }

  @Test("C-12 enforcement off with several brands is refused in production alone")
  func enforcementOff() {
    let production = DeploymentEnvironment(label: "staging")
    #expect(StartRules.enforcementRefusal(mode: .off, environment: production, brandCount: 2) != nil)
    #expect(StartRules.enforcementRefusal(mode: .off, environment: production, brandCount: 1) == nil)
    #expect(StartRules.enforcementRefusal(mode: .observe, environment: production, brandCount: 2) == nil)
    #expect(StartRules.enforcementRefusal(mode: .off, environment: DeploymentEnvironment(label: "dev"), brandCount: 2) == nil)
  }
}
