import Foundation
import TestSupport
import Testing

/// `cordon up` with its own servers, as a process of its own. One test at a time: each runs a whole stack.
@Suite("cordon up", .serialized)
struct UpCommandTests {
  private static let roles = ["GATEWAY", "PLAYER_SERVICE", "WALLET_SERVICE", "WALLET_WORKER", "GAME_SERVICE", "ADMIN_SERVICE"]

  private struct Ready: Decodable {
    let event: String
    let roles: [String: String]?
  }

  /// On any free ports, so that it doesn't meet another stack of this machine.
  private func up(in directory: String) throws -> ProgramRun {
    var environment = ["CORDON_ENV": "local"]
    for role in Self.roles { environment["CORDON_\(role)_PORT"] = "\(try FreePort.next())" }
    return try CordonProgram(environment: environment).start("up", "--json", "--directory", directory)
  }

  private func untilReady(_ run: ProgramRun) async throws -> [String: String] {
    try await eventually("cordon up is ready", within: .seconds(120)) {
      let events = run.output.split(separator: "\n").compactMap { try? JSONDecoder().decode(Ready.self, from: Data($0.utf8)) }
      return events.first { $0.event == "ready" }?.roles
    }
  }

  /// Servers of this directory that still run.
  private func servers(of directory: String) -> [String] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.filter { Int($0) != nil } ?? []
    return processes.compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
      .filter { $0.contains(directory) && !$0.contains("--directory") }
  }

  private func withDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = "/tmp/cordon-up-\(UUID().uuidString.prefix(8))"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try await body(directory)
  }

  @Test("S4-STOP-02 S4-STOP-03 SIGTERM ends it with status 0 and leaves no process; a second start finds the data")
  func stopsAndStartsAgain() async throws {
    try await withDirectory { directory in
      let first = try up(in: directory)
      let urls = try await untilReady(first)
      #expect(Set(urls.keys) == ["gateway", "player_service", "wallet_service", "wallet_worker", "game_service", "admin_service"])
      let secrets = try String(contentsOfFile: directory + "/secrets.env", encoding: .utf8)
      first.signal(SIGTERM)
      #expect(await first.status() == 0)
      #expect(servers(of: directory) == [])

      let began = ContinuousClock.now
      let second = try up(in: directory)
      _ = try await untilReady(second)
      #expect(ContinuousClock.now - began < .seconds(30))
      #expect(try String(contentsOfFile: directory + "/secrets.env", encoding: .utf8) == secrets)
      second.signal(SIGINT)
      #expect(await second.status() == 0)
      #expect(servers(of: directory) == [])
    }
  }

  @Test("killed by force it takes its servers with it, and the next start works")
  func killed() async throws {
    try await withDirectory { directory in
      let first = try up(in: directory)
      _ = try await untilReady(first)
      #expect(!servers(of: directory).isEmpty)
      first.signal(SIGKILL)
      _ = await first.status()
      // At once: it has to wait for the old servers by itself.
      let second = try up(in: directory)
      _ = try await untilReady(second)
      second.signal(SIGTERM)
      #expect(await second.status() == 0)
      try await eventually("no server is left") { servers(of: directory) == [] }
    }
  }

  @Test("a second one on the same directory is refused with status 5 and the first one's process id")
  func second() async throws {
    try await withDirectory { directory in
      let first = try up(in: directory)
      _ = try await untilReady(first)
      let second = try up(in: directory)
      #expect(await second.status() == 5)
      #expect(second.messages.contains("process \(first.pid)"))
      first.signal(SIGTERM)
      #expect(await first.status() == 0)
    }
  }
}
