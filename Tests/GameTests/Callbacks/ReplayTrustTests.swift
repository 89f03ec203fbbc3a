import HTTPTypes
import Kernel
import Logging
import Platform
import TestSupport
import Testing

@testable import Game

@Suite("Callbacks that an operator sends through again")
struct ReplayTrustTests {
  @Test(
    "without their signature, since the token of the route is trusted, and twice they are one effect (S0-DLQ-17, S0-WAL-39, C-37)",
    arguments: ProviderPen.all)
  func twice(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      try await bench.deposit(1000)
      let note = ProviderNote(operation: "promo_win", transaction: "p1", amount: 25, account: "default_alice")
      func replay() async -> CallbackResult {
        await bench.service.pipeline.handle(
          provider: pen.provider, operation: pen.path(of: "promo_win"), headers: [:], body: pen.body(note), trust: .replay,
          context: CallContext(requestID: "replay", trace: .new(), logger: bench.role.context.logger))
      }
      let (first, second) = (await replay(), await replay())
      #expect(first.outcome == .applied)
      #expect(first == second)
      #expect(try await bench.total() == 1025)
      #expect(try await bench.number("SELECT count(*) FROM wallet.wallet_command WHERE command = 'rebate'") == 1)
      // The provider's own repetition gets the same bytes.
      #expect(try await bench.callback(pen, note).body == first.reply.body)
      #expect(bench.role.metric("game_callback_verification_bypassed_total", ["provider": pen.provider]) == 0)
    }
  }

  @Test("one that is still nobody's is neither counted nor kept a second time")
  func stillNobody() async throws {
    try await GameBench.run { bench in
      let pen = ProviderPen(provider: "mg")
      let note = ProviderNote(operation: "promo_win", transaction: "p1", amount: 25, account: "nobrand_alice")
      let result = await bench.service.pipeline.handle(
        provider: "mg", operation: "promo-win", headers: [:], body: pen.body(note), trust: .replay,
        context: CallContext(requestID: "replay", trace: .new(), logger: bench.role.context.logger))
      #expect(result.outcome == .unresolved)
      #expect(bench.role.metric("game_callback_brand_unresolved_total", ["provider": "mg", "reason": "raw_brand_unresolved"]) == 0)
    }
  }
}
