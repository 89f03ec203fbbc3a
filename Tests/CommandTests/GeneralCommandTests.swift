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

  @Test("S0-JWT-09 generated keys pass the configuration check of every role that this release has")
  func keys() async throws {
    let (status, output, _) = try await cordon.run("keys", "generate")
    #expect(status == 0)
    for name in ["JWT_KID", "ADMIN_JWT_KID"] {
      let line = try #require(output.split(separator: "\n").first { $0.hasPrefix("\(name)=") })
      #expect(line.dropFirst(name.count + 1).trimmingPrefix("'").prefix { $0 != "'" }.wholeMatch(of: /[0-9]{8}-[0-9]+/) != nil, "\(line)")
    }
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

  @Test("S0-JWT-06 an old key is taken out of the accepted ones only when no token of it can be alive")
  func retire() async throws {
    func keys(_ names: String...) -> CordonProgram {
      let map = names.map { "\"\($0)\":\"-----BEGIN PUBLIC KEY-----\"" }.joined(separator: ",")
      return CordonProgram(environment: ["CORDON_ENV": "test", "JWT_PUBLIC_KEYS": "{\(map)}"])
    }
    let retired = try await keys("20200101-1", "20200301-1").run("keys", "retire", "20200101-1")
    #expect(retired.status == 0, "\(retired.messages)")
    #expect(retired.output.contains("20200301-1") && !retired.output.contains("20200101-1"))
    let early = try await keys("20200101-1", "29990101-1").run("keys", "retire", "20200101-1")
    #expect(early.status == 5 && early.output.isEmpty)
    #expect(early.messages.contains("2999-01-09T02:00:00"), "\(early.messages)")
    #expect(try await keys("20200101-1").run("keys", "retire", "20200101-1").status == 5)
    #expect(try await keys("20200101-1").run("keys", "retire", "20190101-1").status == 4)
    #expect(try await CordonProgram().run("keys", "retire", "20190101-1").status == 2)
  }
}
