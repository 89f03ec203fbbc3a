import Foundation
import TestSupport
import Testing

@Suite("The program in general")
struct GeneralCommandTests {
  private let cordon = CordonProgram()

  @Test("help lists the groups and every exit status, on standard output")
  func help() async throws {
    let (status, output, messages) = try await cordon.run("--help")
    #expect(status == 0)
    #expect(messages.isEmpty)
    for word in ["up", "serve", "db", "brand", "config", "keys", "version", "75", "130"] { #expect(output.contains(word)) }
  }

  @Test("a wrong command line is status 2, and is told on standard error", arguments: ["dance", "db explode", "serve", "serve dancer"])
  func usage(_ line: String) async throws {
    let words = line.split(separator: " ").map(String.init)
    let (status, output, messages) =
      words.count == 1 ? try await cordon.run(words[0]) : try await cordon.run(words[0], words[1])
    #expect(status == 2)
    #expect(output.isEmpty)
    #expect(!messages.isEmpty)
  }

  @Test("the version is told to people and to programs")
  func version() async throws {
    #expect(try await cordon.run("version").output.hasPrefix("cordon "))
    let (status, output, _) = try await cordon.run("version", "--json")
    #expect(status == 0)
    let members = try JSONDecoder().decode([String: String].self, from: Data(output.utf8))
    #expect(Set(members.keys) == ["version", "commit"])
  }

  @Test("generated keys pass the configuration check of every role that this release has")
  func keys() async throws {
    let (status, output, _) = try await cordon.run("keys", "generate")
    #expect(status == 0)
    let file = FileManager.default.temporaryDirectory.appending(path: "cordon-keys-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(output.utf8).write(to: file)
    let production = CordonProgram(environment: [
      "CORDON_ENV": "production", "MULTI_BRAND_ENFORCEMENT": "enforce", "DATABASE_URL": "postgresql://a:b@c/d", "REDIS_URL": "redis://c",
    ])
    let check = try await production.run(
      "config", "check", "gateway", "player_service", "wallet_service", "wallet_worker", "admin_service", "--config", file.path)
    #expect(check.status == 0, "\(check.messages)")
  }
}
