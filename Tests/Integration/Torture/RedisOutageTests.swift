import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// Redis goes away beneath a running stack, in three ways.
  @Suite("Redis beneath a running stack", .serialized)
  struct RedisOutageTests {
    private static let recovery: Duration = .seconds(5)

    @Test("stopped or halted, the gateway answers 503 redis_error and counts it, internal money goes on, and all is back within 5 s")
    func outages() async throws {
      try await RunningStack.run(durable: true) { stack in
        let player = try await stack.player("outage", on: stack.brands[0])
        try await expectServed(stack, player)
        await stack.redis.stopForRestart()
        try await expectOutage(stack, player, "stopped")
        try await stack.redis.startAgain()
        try await expectServed(stack, player)
        stack.redis.pause()
        try await expectOutage(stack, player, "halted")
        stack.redis.resume()
        try await expectServed(stack, player)
      }
    }

    @Test("emptied, nobody has a session; the hosts come back with brand bindings rebuild")
    func flushed() async throws {
      try await RunningStack.run { stack in
        let player = try await stack.player("flushed", on: stack.brands[0])
        try await expectServed(stack, player)
        try await stack.flushRedis()
        try await expect("404 unknown_domain", stack, player)
        #expect(try await stack.rebuildBindings() == 0)
        try await expect("401 session_missing", stack, player)
        let again = try await stack.player("flushed", on: stack.brands[0])
        #expect(again.id == player.id)
        try await expectServed(stack, again)
      }
    }

    private func balances(_ stack: RunningStack, _ player: StackPlayer) async throws -> String {
      try await stack.client.send(
        "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: player.brand.host, token: player.token
      ).summary
    }

    private func expect(_ summary: String, _ stack: RunningStack, _ player: StackPlayer) async throws {
      var last = ""
      let deadline = ContinuousClock.now + Self.recovery
      repeat {
        last = try await balances(stack, player)
        if last == summary { return }
        try await Task.sleep(for: .milliseconds(50))
      } while ContinuousClock.now < deadline
      #expect(last == summary)
    }

    private func expectServed(_ stack: RunningStack, _ player: StackPlayer) async throws { try await expect("200", stack, player) }

    private func expectOutage(_ stack: RunningStack, _ player: StackPlayer, _ name: String) async throws {
      let before = try await failures(stack)
      try await expect("503 redis_error", stack, player)
      #expect(try await failures(stack) > before)
      let deposit = try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):\(name)",
        body: WalletDepositBody(player: player.id, amount: 100, currency: player.brand.currency),
        headers: stack.headers(of: .admin, player.brand))
      #expect(deposit.summary == "201")
    }

    /// Of `brand_resolution_failed_total` at the gateway, those because of Redis.
    private func failures(_ stack: RunningStack) async throws -> Double {
      try await stack.client.send("GET", "/metrics", at: stack.url(.gateway)).text.split(separator: "\n")
        .filter { $0.hasPrefix("brand_resolution_failed_total{") && $0.contains("redis_error") }
        .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
  }
}
