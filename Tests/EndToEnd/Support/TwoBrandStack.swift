import Foundation
import Logging
import Platform
import Redis
import TestSupport

/// A real `cordon up`: a process of its own with its own servers, ports and directory, seeded by the program's own command.
struct TwoBrandStack: Sendable {
  private static let roles = ["GATEWAY", "PLAYER_SERVICE", "WALLET_SERVICE", "WALLET_WORKER", "GAME_SERVICE", "ADMIN_SERVICE"]

  let directory: String
  /// What `cordon up` tells the other commands.
  let settings: [String: String]

  var configuration: String { directory + "/cordon.env" }

  private struct Event: Decodable {
    let event: String
  }

  /// - Parameters:
  ///   - environment: settings of the stack besides the mode.
  ///   - file: text of a configuration file for the stack.
  static func run(
    _ mode: String, environment: [String: String] = [:], file: String? = nil, _ body: (TwoBrandStack) async throws -> Void
  ) async throws {
    let directory = "/tmp/cordon-e2e-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var settings = ["CORDON_ENV": "local", "MULTI_BRAND_ENFORCEMENT": mode, "CORDON_RATE_LIMIT_PER_MINUTE": "1000000"]
    for role in Self.roles { settings["CORDON_\(role)_PORT"] = "\(try FreePort.next())" }
    if let file {
      settings["CORDON_CONFIG_FILE"] = directory + ".env"
      try file.write(toFile: directory + ".env", atomically: true, encoding: .utf8)
    }
    defer { try? FileManager.default.removeItem(atPath: directory + ".env") }
    let program = try CordonProgram(environment: settings.merging(environment) { $1 }).start("up", "--json", "--directory", directory)
    do {
      try await eventually("cordon up is ready", within: .seconds(120)) {
        if program.hasEnded { throw Missing(description: "cordon up ended: \(program.messages)") }
        return events(program).contains("ready")
      }
      try await body(TwoBrandStack(directory: directory, settings: try read(directory + "/cordon.env")))
      program.signal(SIGTERM)
      _ = await program.status()
    } catch {
      program.signal(SIGTERM)
      _ = await program.status()
      throw error
    }
  }

  private static func events(_ program: ProgramRun) -> [String] {
    program.output.split(separator: "\n").compactMap { try? JSONDecoder().decode(Event.self, from: Data($0.utf8)).event }
  }

  private static func read(_ path: String) throws -> [String: String] {
    let lines = DotenvFile.parse(try String(contentsOfFile: path, encoding: .utf8)).lines
    return Dictionary(lines.map { ($0.name, $0.value) }) { $1 }
  }

  func setting(_ name: String) throws -> String {
    guard let value = settings[name] else { throw Missing(description: "\(name) is not in cordon.env") }
    return value
  }

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs the harness as an operator does. `environment` is the operator's.
  func verify(_ environment: [String: String] = [:]) async throws -> HarnessAnswer {
    let run = try await CordonProgram(environment: environment).run("verify", "two-brand", "--json", "--config", configuration)
    return try HarnessAnswer(status: run.status, output: run.output, messages: run.messages)
  }

  func seed() async throws -> Int32 {
    try await CordonProgram(environment: [:]).run("brand", "seed-two", "--config", configuration).status
  }

  /// As the superuser, behind every wall.
  @discardableResult
  func psql(_ sql: String) async throws -> String {
    try await Psql.run("SET search_path = cordon, public; \(sql)", at: try setting("MIGRATE_DATABASE_URL"))
  }

  @discardableResult
  func redis(_ command: [String]) async throws -> RedisValue {
    let logger = Logger(label: "e2e") { _ in SwiftLogNoOpLogHandler() }
    let client = RedisClient(try RedisConfiguration(url: try setting("REDIS_URL")), logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await client.run() }
      defer { group.cancelAll() }
      let value = try await client.send(command.map { RedisArgument($0) })
      await client.close()
      return value
    }
  }
}
