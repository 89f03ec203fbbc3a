import Composition
import Foundation
import Kernel
import TestSupport

/// A running stack at which every item of the gate holds: signed writes required, a little traffic, a small checkout, and a record for everything
/// that a person signs.
struct GateBench: Sendable {
  static let records = [
    "ci", "two-brand", "two-brand-staging", "penetration-test", "adr", "specification", "plan", "migrations",
  ]
  private static let repository = String(MigrationFiles.directory.dropLast("/db/migrations".count))

  let stack: RunningStack
  let folder: String

  static func run(_ body: (GateBench) async throws -> Void) async throws {
    let settings = ["WALLET_BRAND_SIGNATURE_REQUIRE": "on", "CORDON_ACCESS_LOG": "on"]
    try await RunningStack.run(settings: settings) { stack in
      let folder = "/tmp/cordon-gate-\(UUID().uuidString.prefix(8))"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let bench = GateBench(stack: stack, folder: folder)
      try await bench.prepare()
      try await body(bench)
    }
  }

  var log: String { stack.configurationFile.replacing("cordon.env", with: "cordon.log") }
  var rules: String { Self.repository + "/ops/prometheus/cordon.rules.yml" }

  private func prepare() async throws {
    for path in ["checkout/db", "checkout/Sources"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(atPath: Self.repository + "/db/schema.sql", toPath: folder + "/checkout/db/schema.sql")
    for brand in stack.brands {
      let player = try await stack.player("gate", on: brand)
      _ = try await stack.client.send("GET", "/v1/wallet/balances", at: stack.url(.gateway), host: brand.host, token: player.token)
    }
    for name in try await wanted() { try await attest(name) }
  }

  /// The names that the command itself asks for.
  private func wanted() async throws -> [String] {
    let help = try await CordonProgram(environment: environment).run("help", "gate", "attest").output
    return help.split(separator: "\n").compactMap { line in
      line.wholeMatch(of: #/ {2}([a-z-]+): .*/#).map { String($0.output.1) }
    }
  }

  // MARK: The program

  var environment: [String: String] { ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile] }

  @discardableResult
  func attest(_ name: String, evidence: String? = nil) async throws -> (status: Int32, output: String, messages: String) {
    let file = "\(folder)/shown"
    try (evidence ?? (name.hasPrefix("two-brand") ? #"{"verified":true}"# : "the report about \(name)"))
      .write(toFile: file, atomically: true, encoding: .utf8)
    return try await CordonProgram(environment: environment).run([
      "gate", "attest", name, "--evidence", file, "--records", folder + "/records", "--operator-id", "ops:carol", "--reason", "CHG-7",
    ])
  }

  /// - Parameter replacing: options that stand for the bench's own.
  func arguments(rules: String? = nil, logs: Bool = true) -> [String] {
    ["--records", folder + "/records", "--root", folder + "/checkout", "--rules", rules ?? self.rules] + (logs ? ["--logs", log] : [])
  }

  func gate(_ arguments: [String]) async throws -> (status: Int32, output: String, messages: String) {
    try await CordonProgram(environment: environment).run(["gate"] + arguments)
  }

  /// `/metrics` of a role as it is now.
  func metrics(_ role: ServiceRole) async throws -> String {
    try await stack.client.send("GET", "/metrics", at: stack.url(role)).text
  }
}
