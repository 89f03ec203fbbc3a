import Foundation
import PrivateServers
import TestSupport
import Testing

@Suite("Private Redis")
struct PrivateRedisTests {
  @Test("it keeps what was written between runs, and wants its password")
  func keepsData() async throws {
    let server = try await TestRedisServer.start(durable: true, loopback: true)
    #expect(try await redis(server.url, "SET", "kept", "42") == "OK")
    await server.stopForRestart()
    try await server.startAgain()
    #expect(try await redis(server.url, "GET", "kept") == "42")
    let withoutPassword = server.url.replacing(/default:[0-9a-f]{64}@/, with: "")
    #expect(try await redis(withoutPassword, "GET", "kept").hasPrefix("NOAUTH"))
    await server.stop()
  }

  @Test("leases share nothing, and their sockets are gone afterwards")
  func leasesServers() async throws {
    let url = try await TestRedis.lease { first in
      try await TestRedis.lease { second in
        #expect(first.url != second.url)
        return second.url
      }
    }
    #expect(!FileManager.default.fileExists(atPath: String(url.dropFirst("unix://".count))))
  }

  private func redis(_ url: String, _ command: String...) async throws -> String {
    let pipe = Pipe()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/redis-cli")
    process.arguments = ["--no-auth-warning", "-u", url] + command
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
