import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@Suite("The compose file")
struct ComposeTests {
  private static let databases = ["DATABASE_URL": "postgresql://cordon_app:long-password@db/cordon", "REDIS_URL": "redis://redis:6379"]

  /// A shell that has exported what a deployment needs, under the names that the file asks for.
  private static func shell() async throws -> [String: String] {
    let lines = DotenvFile.parse(try await CordonProgram().run("keys", "generate").output).lines
    var shell = Self.databases
    for line in lines {
      let isPrefixed = line.name.hasPrefix("JWT_") || line.name.hasPrefix("INTERNAL_SERVICE_TOKEN_")
      shell[isPrefixed ? "CORDON_" + line.name : line.name] = line.value
    }
    return shell
  }

  @Test(
    "S0-ENF-03 with nothing exported every role gets enforce, and what CORDON_MULTI_BRAND_ENFORCEMENT says otherwise; the program starts with what the file gives it",
    arguments: [nil, "observe", "enforce"])
  func enforcement(_ exported: String?) async throws {
    var shell = try await Self.shell()
    shell["CORDON_MULTI_BRAND_ENFORCEMENT"] = exported
    let file = try ComposeFile()
    #expect(file.services.count == 6)
    for service in file.services {
      let environment = try file.environment(of: service, shell: shell)
      #expect(environment["MULTI_BRAND_ENFORCEMENT"] == exported ?? "enforce", "\(service)")
      #expect(environment["CORDON_ENV"] == "production")
      let check = try await CordonProgram(environment: environment).run("config", "check", service, "--json")
      #expect(
        check.status == 0 && check.output.contains(#""enforcement_mode":"\#(exported ?? "enforce")""#), "\(service): \(check.messages)")
    }
  }

  @Test("S0-JWT-21 the names with CORDON_ feed those in the containers, and the private key reaches its issuer alone")
  func keys() async throws {
    var shell = try await Self.shell()
    shell["CORDON_JWT_KID"] = "20261126-7"
    let file = try ComposeFile()
    let issuer = try file.environment(of: "player_service", shell: shell)
    #expect(issuer["JWT_KID"] == "20261126-7" && issuer["JWT_PRIVATE_KEY"] == shell["CORDON_JWT_PRIVATE_KEY"])
    let verifiers = try file.services.filter { try file.environment(of: $0, shell: shell)["JWT_PUBLIC_KEYS"] != nil }
    #expect(verifiers == ["gateway", "player_service", "admin_service"])
    for service in file.services {
      let role = try #require(ServiceRole(rawValue: service))
      let names = Set(try file.environment(of: service, shell: shell).keys)
      let foreign = Settings.all.filter { $0.isSecret && !$0.applies(to: role) }.map(\.name)
      #expect(names.intersection(foreign) == [], "\(service) is given a secret that it doesn't use")
      #expect(names.allSatisfy { name in Settings.all.contains { $0.name == name } }, "\(service)")
    }
  }

  @Test("a required variable that nobody exported stops compose, by its name")
  func missing() async throws {
    var shell = try await Self.shell()
    shell["CORDON_JWT_PUBLIC_KEYS"] = nil
    let file = try ComposeFile()
    #expect(throws: ComposeFile.Missing(name: "CORDON_JWT_PUBLIC_KEYS")) { try file.environment(of: "gateway", shell: shell) }
  }
}
