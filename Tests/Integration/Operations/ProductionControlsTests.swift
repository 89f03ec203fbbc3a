import Composition
import Contracts
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

/// Whoever looks for a fault at night turns everything off that can be turned off. In production what keeps strangers out stays on.
@Suite("Controls that production can't switch off", .timeLimit(.minutes(3)))
struct ProductionControlsTests {
  /// Every switch, in the position in which it checks least.
  private static let weakest = [
    "CORDON_DEBUG": "on", "MULTI_BRAND_ENFORCEMENT": "observe", "WALLET_BRAND_SIGNATURE_REQUIRE": "off", "VERIFY_CALLBACKS": "off",
    "PER_CALLER_TOKEN_REQUIRED": "off", "SIGNING_REQUIRED": "off", "EVIDENCE_CONTAINMENT": "off", "WORKER_ENABLED": "on",
    "CORDON_ACCESS_LOG": "off", "CORDON_LOG_LEVEL": "critical",
  ]
  /// Those among them with which no role starts in production.
  private static let refused = ["CORDON_DEBUG", "VERIFY_CALLBACKS"]
  private static let forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."

  private static func production(_ more: [String: String] = [:]) -> [String: String] {
    weakest.filter { !refused.contains($0.key) }.merging(
      ["CORDON_ENV": "production", "CORDON_RATE_LIMIT_PER_MINUTE": "12", "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE": "4"]
    ) { $1 }.merging(more) { $1 }
  }

  @Test("every switch that a role reads is among those that are tried")
  func complete() {
    let switches = Settings.all.filter { setting in
      switch setting.form {
      case .flag, .choice: setting.scope != .roles([])
      default: false
      }
    }
    #expect(Set(switches.map(\.name)) == Set(Self.weakest.keys))
  }

  @Test("S4-INC-03 S4-INC-12 with every switch at its weakest strangers are refused, guesses are limited, and another schema is no start")
  func weakest() async throws {
    try await RunningStack.run { stack in
      for name in Self.refused {
        try await expectRefused(.gameService, stack, [name: Self.weakest[name] ?? ""], saying: name)
      }
      for name in ["CORDON_RATE_LIMIT_PER_MINUTE", "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE"] {
        try await expectRefused(.gateway, stack, [name: "10000000"], saying: name)
      }
      try await withRole(.walletService, stack) { url in try await expectTokens(at: url, "/internal/wallet/deposit", stack) }
      try await withRole(.adminService, stack) { url in try await expectTokens(at: url, "/v1/admin/global-vars", stack) }
      try await withRole(.gateway, stack) { url in try await expectLimits(at: url, stack) }
      try await expectHead(stack)
    }
  }

  private func expectTokens(at url: String, _ path: String, _ stack: RunningStack) async throws {
    for token in [nil, "", "guess", Self.forged] {
      let method = path.hasPrefix("/internal") ? "POST" : "GET"
      let headers = [
        HeaderNames.brandID: "\(stack.brands[0].id)", HeaderNames.callerService: "recon", HeaderNames.internalServiceToken: token ?? "",
      ]
      let reply = try await stack.client.send(method, path, at: url, token: token, headers: headers)
      #expect([401, 403].contains(reply.status), "\(path): \(reply.summary)")
    }
  }

  private func expectLimits(at url: String, _ stack: RunningStack) async throws {
    var guesses: [Int] = []
    for _ in 0..<10 {
      let reply = try await stack.client.send(
        "POST", "/v1/sessions", at: url, host: stack.brands[0].host, body: CredentialsBody(account: "nobody", password: "a wrong password"))
      guesses.append(reply.status)
    }
    #expect(guesses.count { $0 == 429 } >= 6, "\(guesses)")
    var statuses: [Int] = []
    for _ in 0..<20 {
      let reply = try await stack.client.send("GET", "/v1/wallet/balances", at: url, host: stack.brands[0].host, token: Self.forged)
      statuses.append(reply.status)
    }
    #expect(Set(statuses) == [401, 429], "\(statuses)")
    #expect(statuses.count { $0 == 429 } >= 8, "\(statuses)")
  }

  /// The version that somebody says they expect is what the database has; the program's own isn't.
  private func expectHead(_ stack: RunningStack) async throws {
    try await stack.psql(
      "INSERT INTO cordon.schema_migrations (version, name, checksum) SELECT max(version) + 1, 'later', repeat('0', 64) FROM cordon.schema_migrations"
    )
    let head = try await stack.psql("SELECT max(version) FROM cordon.schema_migrations")
    try await expectRefused(.walletService, stack, ["EXPECTED_MIGRATION_HEAD": head], saying: "actual \(head)")
    // Where developers work it is what the setting is for.
    try await withRole(.walletService, stack, ["CORDON_ENV": "local", "EXPECTED_MIGRATION_HEAD": head]) { _ in }
  }

  private func expectRefused(_ role: ServiceRole, _ stack: RunningStack, _ settings: [String: String], saying what: String) async throws {
    let run = try RoleProcess(role, stack: stack, port: try FreePort.next(), settings: Self.production(settings))
    #expect(try await run.ended() != 0, "\(settings)")
    #expect(run.messages.contains(what), "\(run.messages)")
  }

  private func withRole(
    _ role: ServiceRole, _ stack: RunningStack, _ settings: [String: String] = [:], _ body: (String) async throws -> Void
  ) async throws {
    try await RoleProcess.serving(role, stack, settings: Self.production(settings)) { try await body($0.url) }
  }
}
