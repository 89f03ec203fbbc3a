import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@Suite("cordon config")
struct ConfigurationCommandTests {
  @Test("S4-START-01 S0-SVC-07 in production every missing secret is named at once, and nothing starts")
  func productionSecrets() async throws {
    let cordon = CordonProgram(environment: ["CORDON_ENV": "production"])
    for command in ["check", "print-effective"] {
      let (status, output, messages) = try await cordon.run("config", command, "wallet_service")
      #expect(status == 2)
      #expect(output.isEmpty)
      for name in ["DATABASE_URL", "REDIS_URL", "BRAND_SIGNING_KEY", "MULTI_BRAND_ENFORCEMENT"] { #expect(messages.contains(name)) }
    }
  }

  /// What each role needs in production and nothing else; values that nobody gets to use.
  private static let complete: [String: [String: String]] = [
    "gateway": ["BRAND_SIGNING_KEY": key, "JWT_PUBLIC_KEYS": #"{"20261121-1":"-----BEGIN PUBLIC KEY-----"}"#],
    "player_service": [
      "JWT_PUBLIC_KEYS": #"{"20261121-1":"-----BEGIN PUBLIC KEY-----"}"#, "JWT_PRIVATE_KEY": pem, "JWT_KID": "20261121-1",
      "AES_PII_KEY_CURRENT": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ],
    "wallet_service": ["BRAND_SIGNING_KEY": key], "wallet_worker": [:],
    "admin_service": [
      "BRAND_SIGNING_KEY": key, "JWT_PUBLIC_KEYS": #"{"20261121-1":"-----BEGIN PUBLIC KEY-----"}"#, "ADMIN_JWT_PRIVATE_KEY": pem,
      "ADMIN_JWT_KID": "20261121-2",
    ],
  ]
  private static let key = "signing-key-of-the-brands-0123456789"
  private static let pem = "-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----"

  private func production(_ role: String, without missing: String? = nil, _ more: [String: String] = [:]) -> CordonProgram {
    var environment = [
      "CORDON_ENV": "production", "DATABASE_URL": "postgres://cordon_app:pw123456@127.0.0.1:1/cordon", "REDIS_URL": "redis://127.0.0.1:1",
      "MULTI_BRAND_ENFORCEMENT": "enforce",
    ]
    for caller in ["GATEWAY", "ADMIN", "PLAYER", "WALLET"] {
      environment["INTERNAL_SERVICE_TOKEN_\(caller)"] = "token-of-\(caller)-0123456789"
    }
    environment.merge(Self.complete[role] ?? [:]) { $1 }
    environment.merge(more) { $1 }
    if let missing { environment[missing] = nil }
    return CordonProgram(environment: environment)
  }

  @Test(
    "S4-START-01 S0-SVC-07 S0-JWT-17 S0-HARD-11 a role that has all but one of what production demands doesn't start, and names that one alone",
    arguments: ["gateway", "player_service", "wallet_service", "wallet_worker", "admin_service"])
  func oneMissing(role: String) async throws {
    #expect(try await production(role).run("config", "check", role).status == 0)
    let own = try #require(Self.complete[role]?.keys)
    let wanted = own.sorted() + ["DATABASE_URL", "MULTI_BRAND_ENFORCEMENT", "REDIS_URL"]
    let demanded = Settings.all.filter { setting in
      setting.isRequiredInProduction && ServiceRole(rawValue: role).map { setting.applies(to: $0) } == true
    }
    #expect(Set(demanded.map(\.name)).isSubset(of: wanted))
    for name in wanted {
      let (status, output, messages) = try await production(role, without: name).run("serve", role)
      #expect(status == 2, "\(name)")
      #expect(output.isEmpty)
      #expect(messages.contains(name), "\(messages)")
      for other in wanted where !name.contains(other) && !other.contains(name) {
        #expect(!messages.contains(other), "\(name): \(messages)")
      }
    }
  }

  @Test("S4-START-04 debugging alone keeps a role from starting in production")
  func debugging() async throws {
    for arguments in [["config", "check", "gateway"], ["serve", "gateway"]] {
      let (status, _, messages) = try await production("gateway", ["CORDON_DEBUG": "on"]).run(arguments)
      #expect(status == 2)
      let named = Settings.all.map(\.name).filter { messages.contains($0) }
      #expect(named == ["CORDON_DEBUG"], "\(messages)")
    }
  }

  @Test("a misspelled setting is refused with the name that was probably meant")
  func misspelled() async throws {
    let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "CORDON_DRAIN_SECOND": "3"])
    let (status, _, messages) = try await cordon.run("config", "check")
    #expect(status == 2)
    #expect(messages.contains("CORDON_DRAIN_SECOND") && messages.contains("CORDON_DRAIN_SECONDS"))
  }

  @Test("a secret is shown in no form, and refused on the command line")
  func secrets() async throws {
    let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "BRAND_SIGNING_KEY": "a-secret-that-nobody-sees"])
    for arguments in [["config", "print-effective"], ["config", "print-effective", "--json"]] {
      let shown =
        arguments.count == 2
        ? try await cordon.run("config", "print-effective") : try await cordon.run("config", "print-effective", "--json")
      #expect(shown.status == 0)
      #expect(shown.output.contains("BRAND_SIGNING_KEY"))
      #expect(!shown.output.contains("a-secret-that-nobody-sees"))
    }
    let refused = try await cordon.run("config", "check", "--set", "BRAND_SIGNING_KEY=a-secret-that-nobody-sees")
    #expect(refused.status == 2)
    #expect(!refused.messages.contains("a-secret-that-nobody-sees"))
  }

  @Test("the command line is stronger than the environment, and that than the file")
  func layers() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "cordon-settings-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("CORDON_DRAIN_SECONDS=1\nCORDON_SHUTDOWN_SECONDS=11\nCORDON_LOG_LEVEL=error\n".utf8).write(to: file)
    let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "CORDON_DRAIN_SECONDS": "2", "CORDON_SHUTDOWN_SECONDS": "22"])
    let (_, output, _) = try await cordon.run(
      "config", "print-effective", "--config", file.path, "--set", "CORDON_DRAIN_SECONDS=3")
    #expect(output.contains("CORDON_DRAIN_SECONDS=3  # flag"))
    #expect(output.contains("CORDON_SHUTDOWN_SECONDS=22  # environment"))
    #expect(output.contains("CORDON_LOG_LEVEL=error  # file"))
  }

  @Test("S0-E2E-09 S0-E2E-10 dump-env prints lines that a shell can eval, and openssl reads the keys that it gets")
  func dumpEnv() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cordon-dump-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let keys = try await CordonProgram().run("keys", "generate").output
    let spanning = try #require(keys.firstMatch(of: /\nJWT_PRIVATE_KEY='([^']*)'/)).output.1
    let escaped = spanning.replacing("\n", with: "\\n")
    let awkward = "it's $HOME `date` \"x\" \\"
    try Data("LONG='\(spanning)'\nSHORT=\"\(escaped)\"\nAWKWARD=\(awkward)\n".utf8).write(to: folder.appending(path: "env"))
    let dumped = try await CordonProgram().run("config", "dump-env", folder.appending(path: "env").path)
    #expect(dumped.status == 0)
    try Data(dumped.output.utf8).write(to: folder.appending(path: "exports"))

    let script = """
      . ./exports
      printf '%s' "$LONG" | openssl pkey -noout && printf '%s' "$SHORT" | openssl pkey -noout && printf '%s' "$AWKWARD" > awkward
      """
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", script]
    shell.currentDirectoryURL = folder
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(try String(contentsOf: folder.appending(path: "awkward"), encoding: .utf8) == awkward)
  }
}
