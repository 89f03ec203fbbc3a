import Composition
import Contracts
import Kernel
import TestSupport
import Testing

/// A payment as it comes from outside: through the gateway, on the brand's host.
@Suite("Plisio in front of a running stack")
struct PlisioStackTests {
  private static let secret = "a-secret-of-the-stack-tests"

  @Test(
    """
    S0-HARD-05 S0-WAL-30 S0-WAL-32 S0-OBS-31 a signed callback on the brand's host credits the deposit once, the second is counted, \
    and the stack's log keeps its secrets
    """)
  func throughTheGateway() async throws {
    try await RunningStack.run(settings: ["PLISIO_SECRET_KEY": Self.secret]) { stack in
      let brand = stack.brands[0]
      let player = try await stack.player("crypto", on: brand)
      let requested = try await stack.client.send(
        "POST", "/v1/wallet/deposits", at: stack.url(.gateway), host: brand.host, token: player.token, key: "crypto-1",
        body: WalletAmountBody(amount: 1250, currency: brand.currency))
      let order = try #require(try requested.decode(WalletCommandAnswer.self).transaction?.id)
      let notice = PaymentNotice(payment: "stack-1", order: order, currency: brand.currency)
      let signature = try notice.signature(Self.secret)
      #expect(try await send(notice, signature, to: brand, stack) == #"200 {"outcome":"approved"}"#)
      #expect(try await blocked(stack) == 0)
      #expect(try await send(notice, signature, to: brand, stack) == #"200 {"outcome":"replayed"}"#)
      #expect(try await blocked(stack) == 1)
      #expect(try await send(notice, String(repeating: "0", count: 64), to: brand, stack).hasPrefix("401"))
      #expect(try await send(notice, signature, to: stack.brands[1], stack) == #"200 {"outcome":"unknown_deposit"}"#)
      let balances = try await stack.client.send(
        "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: brand.host, token: player.token)
      #expect(try balances.decode(WalletBalancesAnswer.self).total == 1250)
      #expect(
        try await stack.psql("SELECT count(*) FROM wallet.wallet_command WHERE request_id = '\(brand.code):plisio:stack-1'") == "1")
      let log = stack.log
      #expect(log.contains("stack-1"))
      for secret in [signature, Self.secret, notice.address] { #expect(!log.contains(secret), "the log has \(secret)") }
    }
  }

  private func send(_ notice: PaymentNotice, _ signature: String, to brand: StackBrand, _ stack: RunningStack) async throws -> String {
    let reply = try await notice.send(through: stack, brand: brand, signature: signature)
    return "\(reply.status) \(reply.text)"
  }

  private func blocked(_ stack: RunningStack) async throws -> Double {
    try await MetricPage.of(.walletService, stack).value(#"plisio_callback_replay_blocked_total{status="completed"}"#) ?? 0
  }
}
