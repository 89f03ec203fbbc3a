import Composition
import Contracts
import Kernel
import TestSupport
import Testing

@Suite("A running worker's health speaks of money that contradicts itself")
struct WalletCheckHealthTests {
  @Test("S0-WAL-07 S0-RB-06 a bucket that differs from its entries is a warning of wallet_worker, by brand, until it is put right")
  func warnings() async throws {
    try await RunningStack.run { stack in
      let player = try await stack.player("checked", on: stack.brands[0])
      let deposit = try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):checked",
        body: WalletDepositBody(player: player.id, amount: 100, currency: player.brand.currency),
        headers: stack.headers(of: .admin, player.brand))
      #expect(deposit.status == 201)
      #expect(try await health(stack).contains(#""warnings":[]"#))
      try await change(stack, player, by: 1)
      let text = try await eventually("the worker warns", within: .seconds(30)) {
        let text = try await health(stack)
        return text.contains("wallet invariants of brand \(player.brand.code) are broken: 1 bucket_difference") ? text : nil
      }
      #expect(!text.contains("brand \(stack.brands[1].code)"))
      let metric = #"wallet_invariant_violations{brand_code="\#(player.brand.code)",kind="bucket_difference"}"#
      #expect(try await MetricPage.of(.walletWorker, stack).value(metric) == 1)
      #expect(try await stack.client.send("GET", "/ready", at: stack.url(.walletWorker)).status == 200, "it works all the same")
      try await change(stack, player, by: -1)
      try await eventually("the warning goes", within: .seconds(30)) { try await health(stack).contains(#""warnings":[]"#) }
      #expect(try await MetricPage.of(.walletWorker, stack).value(metric) == 0)
    }
  }

  private func health(_ stack: RunningStack) async throws -> String {
    let reply = try await stack.client.send("GET", "/health", at: stack.url(.walletWorker))
    #expect(reply.status == 200)
    return reply.text
  }

  /// Behind the wallet's back.
  private func change(_ stack: RunningStack, _ player: StackPlayer, by amount: Int) async throws {
    try await stack.psql(
      """
      SET session_replication_role = replica;
      UPDATE wallet.wallet_balance SET balance = balance + \(amount) WHERE brand_id = \(player.brand.id) AND player_id = \(player.id)
      """)
  }
}
