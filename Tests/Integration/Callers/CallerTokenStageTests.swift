import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

/// The shared token leaves one consumer after the other: the wallet, whom all call, and the player service, whom the gateway calls.
@Suite("The last stage of the callers' tokens", .serialized, .timeLimit(.minutes(2)))
struct CallerTokenStageTests {
  private static let shared = "the-token-that-everybody-had-0123456789"
  private static let consumers: [ServiceRole] = [.walletService, .playerService]
  private static let legacy = "internal_caller_token_legacy_total"

  /// Processes of both consumers.
  private final class Consumers {
    let stack: RunningStack
    private var processes: [ServiceRole: RoleProcess] = [:]

    init(_ stack: RunningStack) { self.stack = stack }

    /// Begins one anew, with the shared token or without.
    func start(_ role: ServiceRole, withShared: Bool) async throws {
      await processes[role]?.kill()
      let settings = withShared ? ["INTERNAL_SERVICE_TOKEN": CallerTokenStageTests.shared] : [:]
      processes[role] = try RoleProcess(role, stack: stack, port: try FreePort.next(), settings: settings)
      try await processes[role]?.serves()
    }

    func url(_ role: ServiceRole) -> String { processes[role]?.url ?? "" }

    func end() async { for process in processes.values { await process.kill() } }
  }

  private func run(_ body: (Consumers) async throws -> Void) async throws {
    try await RunningStack.run { stack in
      let consumers = Consumers(stack)
      do {
        for role in Self.consumers { try await consumers.start(role, withShared: true) }
        try await body(consumers)
        await consumers.end()
      } catch {
        await consumers.end()
        throw error
      }
    }
  }

  @Test("S0-TOK-12 each consumer counts who still uses the shared token, and counts nothing once the callers use their own")
  func soak() async throws {
    try await run { consumers in
      let shared = try await answers(consumers, token: Self.shared)
      #expect(shared == ["200", "200"])
      #expect(try await uses(consumers) == [1, 1])
      for _ in 0..<20 {
        let own = try await answers(consumers, token: nil)
        #expect(own == ["200", "200"])
      }
      #expect(try await uses(consumers) == [1, 1], "no increase over the soak")
    }
  }

  @Test(
    "S0-TOK-13 the shared token is taken from one consumer: that one refuses it, the other goes on, and given back it is accepted again",
    arguments: consumers)
  func removed(_ removed: ServiceRole) async throws {
    try await run { consumers in
      try await consumers.start(removed, withShared: false)
      for role in Self.consumers {
        #expect(try await ask(role, consumers, token: Self.shared) == (role == removed ? "401 caller_token_invalid" : "200"), "\(role)")
        #expect(try await ask(role, consumers, token: nil) == "200", "own tokens are good everywhere: \(role)")
      }
      try await consumers.start(removed, withShared: true)
      for role in Self.consumers { #expect(try await ask(role, consumers, token: Self.shared) == "200", "\(role)") }
    }
  }

  /// What each consumer answers.
  private func answers(_ consumers: Consumers, token: String?) async throws -> [String] {
    var answers: [String] = []
    for role in Self.consumers { answers.append(try await ask(role, consumers, token: token)) }
    return answers
  }

  /// What each has counted.
  private func uses(_ consumers: Consumers) async throws -> [Double] {
    var uses: [Double] = []
    for role in Self.consumers { uses.append(try await legacyUses(role, consumers)) }
    return uses
  }

  /// One read as the gateway, with its own token where `token` is nil.
  private func ask(_ role: ServiceRole, _ consumers: Consumers, token: String?) async throws -> String {
    let stack = consumers.stack
    var headers = stack.headers(of: .gateway, stack.brands[0])
    if let token { headers[HeaderNames.internalServiceToken] = token }
    let path = role == .walletService ? "/internal/wallet/trial-balance" : "/v1/brand"
    return try await stack.client.send("GET", path, at: consumers.url(role), headers: headers).summary
  }

  private func legacyUses(_ role: ServiceRole, _ consumers: Consumers) async throws -> Double {
    let series = try await MetricPage.at(consumers.url(role), consumers.stack).series(of: Self.legacy)
    #expect(series.allSatisfy { $0.contains(#"consumer="\#(role.rawValue)""#) }, "\(series)")
    return series.reduce(0) { $0 + ($1.split(separator: " ").last.flatMap { Double($0) } ?? 0) }
  }
}
