import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Callers' secrets at a running wallet", .serialized, .timeLimit(.minutes(2)))
struct CallerSecretTests {
  private static let (guessed, shared) = ("a-token-that-somebody-guessed-0123456789", "the-token-that-everybody-had-0123456789")

  @Test("S0-TOK-03 the wallet knows every caller: each reads with its own token, and none with another's")
  func everyCaller() async throws {
    try await RunningStack.run { stack in
      let callers = CallerLabel.allCases
      for (index, caller) in callers.enumerated() {
        let own = try await read(as: caller, stack)
        #expect(own == "200", "\(caller)")
        let other = stack.headers(of: callers[(index + 1) % callers.count], stack.brands[0])[HeaderNames.internalServiceToken] ?? ""
        let crossed = try await read(as: caller, stack, token: other)
        #expect(crossed == "403 caller_mismatch", "\(caller)")
      }
    }
  }

  @Test(
    "S0-TOK-15 no token stands in any log: not of accepted calls, of refused ones, or of a start; nor does the signing key or one that was guessed"
  )
  func logs() async throws {
    try await RunningStack.run(settings: ["CORDON_ACCESS_LOG": "on", "CORDON_LOG_LEVEL": "debug", "INTERNAL_SERVICE_TOKEN": Self.shared]) {
      stack in
      let player = try await stack.player("discreet", on: stack.brands[0])
      for role in RunningStack.roles where role != .gateway {
        for caller in CallerLabel.allCases {
          for token in [nil, Self.guessed, Self.shared] { _ = try await read(as: caller, stack, at: role, token: token) }
        }
      }
      _ = try await stack.client.send("GET", "/v1/wallet/balances", at: stack.url(.gateway), host: player.brand.host, token: player.token)
      _ = try await stack.client.send("GET", "/v1/players/me", at: stack.url(.gateway), host: player.brand.host, token: player.token + "x")
      let log = stack.log + stack.program.messages + stack.program.output
      for line in ["internal call refused", "caller_token_invalid", "/internal/wallet/trial-balance", "role started"] {
        #expect(log.contains(line), "the log is about these calls: \(line)")
      }
      var secrets = stack.settings.filter { $0.key.hasPrefix("INTERNAL_SERVICE_TOKEN") || $0.key == "BRAND_SIGNING_KEY" }
      #expect(secrets.count >= CallerLabel.allCases.count + 1)
      secrets.merge(["guessed": Self.guessed, "shared": Self.shared, "player": player.token]) { $1 }
      for (name, secret) in secrets { #expect(!secret.isEmpty && !log.contains(secret), "\(name) stands in a log") }
    }
  }

  @Test(
    "S0-SIG-14 signatures required on every instance: each of them, asked directly with an unsigned write made by hand, refuses; one that was left out is found"
  )
  func everyInstance() async throws {
    try await RunningStack.run { stack in
      let required = ["WALLET_BRAND_SIGNATURE_REQUIRE": "on"]
      var instances: [RoleProcess] = []
      do {
        for settings in [required, required, required, [:]] {
          instances.append(try RoleProcess(.walletService, stack: stack, port: try FreePort.next(), settings: settings))
        }
        for instance in instances { try await instance.serves() }
        let player = try await stack.player("unsigned", on: stack.brands[0])
        var answers: [String] = []
        for instance in instances {
          answers.append(try await deposit(player, at: instance.url, stack))
          let gauge = try await MetricPage.at(instance.url, stack).series(of: "wallet_brand_signature_required")
          #expect(gauge == ["wallet_brand_signature_required \(instance === instances.last ? 0 : 1)"])
        }
        #expect(answers == Array(repeating: "403 brand_signature_missing", count: 3) + ["201"])
      } catch {
        for instance in instances { await instance.kill() }
        throw error
      }
      for instance in instances { await instance.kill() }
    }
  }

  private func deposit(_ player: StackPlayer, at url: String, _ stack: RunningStack) async throws -> String {
    try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: url, key: "unsigned",
      body: WalletDepositBody(player: player.id, amount: 500, currency: player.brand.currency),
      headers: stack.headers(of: .recon, player.brand)
    ).summary
  }

  private func read(
    as caller: CallerLabel, _ stack: RunningStack, at role: ServiceRole = .walletService, token: String? = nil
  ) async throws -> String {
    var headers = stack.headers(of: caller, stack.brands[0])
    if let token { headers[HeaderNames.internalServiceToken] = token }
    let path = role == .walletService ? "/internal/wallet/trial-balance" : role == .playerService ? "/v1/brand" : "/internal/anything"
    return try await stack.client.send("GET", path, at: stack.url(role), headers: headers).summary
  }
}
