import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

/// Each counter as an operator sees it: the labels as documented, one more for one event, on `/metrics` of a real process.
@Suite("Counters of a running stack", .serialized)
struct CounterRowTests {
  @Test(
    """
    S0-OBS-03 S0-OBS-04 S0-OBS-06 S0-OBS-08 S0-OBS-10 S0-OBS-11 S0-OBS-19 S0-OBS-21 S0-OBS-24 S0-OBS-38…40 S0-OBS-42…44 S0-OBS-66 one event, \
    one more, with the labels that the runbook greps for
    """)
  func enforcing() async throws {
    try await RunningStack.run(settings: CounterBench.settings) { stack in
      let bench = CounterBench(stack: stack)
      let players = [try await stack.player("counted", on: stack.brands[0]), try await stack.player("counted", on: stack.brands[1])]
      try await signatures(bench, players[0])
      try await tokens(bench, players[0])
      try await foreignRows(bench, players)
      try await resolutions(bench, players)
      try await expectFiniteLatency(bench)
      try await bench.expectOneMore(#"admin_platform_global_access_total{route="/v1/admin/global-vars/{key}"}"#, at: .adminService) {
        () async throws in
        let reply = try await bench.writeGlobally()
        #expect(reply.status == 200, "\(reply.text)")
      }
      try await expectBrands(bench)
    }
  }

  private func signatures(_ bench: CounterBench, _ player: StackPlayer) async throws {
    try await bench.expectOneMore(#"wallet_brand_signature_missing_total{caller_service="recon"}"#, at: .walletService) { () async throws in
      #expect(try await bench.deposit(to: player).status == 201, "S0-OBS-04: the require-flag is off")
    }
    let series = #"wallet_brand_signature_failed_total{caller_service="recon",reason="bad_signature",mode="enforce"}"#
    try await bench.expectOneMore(series, at: .walletService) { () async throws in
      let other = try bench.signature(500, to: player)
      #expect(try await bench.deposit(600, to: player, headers: other).reason == "brand_signature_invalid")
    }
    let signature = try bench.signature(to: player)
    #expect(try await bench.deposit(to: player, headers: signature).status == 201)
    try await bench.expectOneMore("wallet_brand_signature_replay_blocked_total", at: .walletService) { () async throws in
      #expect(try await bench.deposit(to: player, headers: signature).reason == "brand_signature_invalid")
    }
    try await bench.expectOneMore(#"wallet_brand_signature_prev_key_used_total{caller_service="recon"}"#, at: .walletService) {
      () async throws in
      let old = try bench.signature(to: player, key: CounterBench.previousKey)
      #expect(try await bench.deposit(to: player, headers: old).status == 201)
    }
  }

  private func tokens(_ bench: CounterBench, _ player: StackPlayer) async throws {
    for (name, token) in [("legacy", CounterBench.sharedToken), ("prev_used", CounterBench.previousToken)] {
      let series = #"internal_caller_token_\#(name)_total{consumer="wallet_service",caller="recon"}"#
      try await bench.expectOneMore(series, at: .walletService) { () async throws in
        #expect(try await bench.deposit(to: player, headers: [HeaderNames.internalServiceToken: token]).status == 201)
      }
    }
  }

  private func foreignRows(_ bench: CounterBench, _ players: [StackPlayer]) async throws {
    let other = bench.stack.brands[1]
    let transaction = try await bench.deposit(to: players[0]).decode(WalletCommandAnswer.self).transaction?.id
    let id = try #require(transaction)
    try await bench.expectOneMore(#"wallet_cross_brand_rejected_total{command="deposit_approve",mode="enforce"}"#, at: .walletService) {
      () async throws in
      let reply = try await bench.stack.client.send(
        "POST", "/internal/wallet/deposit-approve", at: bench.stack.url(.walletService), key: "cross",
        body: WalletTransactionBody(player: players[1].id, transaction: id), headers: bench.stack.headers(of: .recon, other))
      #expect(reply.summary == "403 cross_brand_rejected")
    }
    #expect(try await bench.deposit(to: players[0], key: "shared-by-two").status == 201)
    try await bench.expectOneMore("wallet_idempotency_brand_split_total", at: .walletService) { () async throws in
      #expect(try await bench.deposit(to: players[1], key: "shared-by-two").reason == "idempotency_brand_split")
    }
    try await bench.expectOneMore(#"wallet_topology_default_brand_fallback_total{caller_origin="recon"}"#, at: .walletService) {
      () async throws in
      var headers = bench.stack.headers(of: .recon, other)
      headers[HeaderNames.brandID] = nil
      let reply = try await bench.stack.client.send(
        "POST", "/internal/wallet/topology/check", at: bench.stack.url(.walletService), body: TopologyQuestion(), headers: headers)
      #expect(reply.status == 200, "\(reply.text)")
    }
  }

  private func resolutions(_ bench: CounterBench, _ players: [StackPlayer]) async throws {
    let (own, other) = (bench.stack.brands[0], bench.stack.brands[1])
    let token = players[0].token
    let parts = token.split(separator: ".")
    let header = String(decoding: try #require(Base64URL.decode(String(parts[0]))), as: UTF8.self)
    let foreign = Base64URL.encode(Data(header.replacing(#""kid":"2"#, with: #""kid":"1"#).utf8))
    #expect(foreign != String(parts[0]))
    try await bench.expectOneMore("gateway_jwt_unknown_kid_total", at: .gateway) { () async throws in
      #expect(try await bench.visit(own.host, "/v1/wallet/balances", token: "\(foreign).\(parts[1]).\(parts[2])").reason == "unknown_kid")
    }
    for brand in [own, other] {
      try await bench.expectOneMore(#"request_total{brand_code="\#(brand.code)",service="gateway"}"#, at: .gateway) { () async throws in
        #expect(try await bench.visit(brand.host).status == 200)
      }
    }
    #expect(try await bench.visit(own.host, "/v1/wallet/balances", token: token).status == 200)
    let gateway = try await MetricPage.of(.gateway, bench.stack)
    #expect(!gateway.text.contains("gateway_session_legacy_key_used_total"), "S0-OBS-44: it is retired")
  }

  /// S0-OBS-40, as `histogram_quantile(0.99, …)` would find it: among the buckets that have an end.
  private func expectFiniteLatency(_ bench: CounterBench) async throws {
    let page = try await MetricPage.of(.gateway, bench.stack)
    let count = try #require(page.value(#"brand_resolution_latency_seconds_count{service="gateway"}"#))
    let last = try #require(page.value(#"brand_resolution_latency_seconds_bucket{service="gateway",le="5"}"#))
    #expect(count > 0 && last >= count * 0.99, "\(page.series(of: "brand_resolution_latency_seconds_bucket"))")
  }

  /// S0-OBS-43, S0-OBS-66.
  private func expectBrands(_ bench: CounterBench) async throws {
    let expected = Set(bench.stack.brands.map { #"wallet_outbox_oldest_unpublished_seconds{brand_code="\#($0.code)"}"# })
    // The worker looks at a new brand in its next round.
    try await eventually("each brand has a series of its own, and nobody else") {
      let series = try await MetricPage.of(.walletWorker, bench.stack).series(of: "wallet_outbox_oldest_unpublished_seconds")
      return Set(series.compactMap { $0.split(separator: " ").first.map(String.init) }) == expected
    }
    let gateway = try await MetricPage.of(.gateway, bench.stack)
    #expect(gateway.text.contains(/brand(_id|_code)?="/))
  }

  @Test("S0-OBS-01 each refusal of a brand is counted by its reason and the service that refused")
  func resolutionFailures() async throws {
    try await RunningStack.run(settings: CounterBench.settings) { stack in
      let bench = CounterBench(stack: stack)
      let player = try await stack.player("resolved", on: stack.brands[0])
      func series(_ reason: String, _ role: ServiceRole) -> String {
        #"brand_resolution_failed_total{reason="\#(reason)",service="\#(role.rawValue)"}"#
      }
      try await bench.expectOneMore(series("unknown_domain", .gateway), at: .gateway) { try await bench.visit("nosuch.example") }
      try await bench.expectOneMore(series("jwt_domain_mismatch", .gateway), at: .gateway) { () async throws in
        try await bench.visit(stack.brands[1].host, "/v1/wallet/balances", token: player.token)
      }
      try await bench.expectOneMore(series("missing_header", .walletService), at: .walletService) { () async throws in
        #expect(try await bench.deposit(to: player, headers: [HeaderNames.brandID: "0"]).reason == "missing_header")
      }
      try await bench.expectOneMore(series("unresolved_brand", .walletService), at: .walletService) { () async throws in
        #expect(try await bench.deposit(to: player, headers: [HeaderNames.brandID: "99"]).reason == "unresolved_brand")
      }
      await stack.redis.stopForRestart()
      let before = try await MetricPage.of(.gateway, stack).value(series("redis_error", .gateway)) ?? 0
      // What it remembers of hosts holds until it has noticed that nobody tells it of changes any more.
      try await eventually("the gateway refuses") { try await bench.visit(stack.brands[0].host).reason == "redis_error" }
      let after = try await MetricPage.of(.gateway, stack).value(series("redis_error", .gateway)) ?? 0
      #expect(after > before)
    }
  }

  @Test("S0-OBS-41 a gateway that can't count a limit in Redis says so, with its environment and what went wrong")
  func rateLimits() async throws {
    try await RunningStack.run(settings: CounterBench.settings.merging(["CORDON_RATE_LIMIT_PER_MINUTE": "8"]) { $1 }) { stack in
      // The limiter alone loses Redis: its key has a type that it can't count.
      try await stack.redis("SADD", RedisKeys.gatewayRatePrefix + "general:127.0.0.1", "x")
      let bench = CounterBench(stack: stack)
      try await bench.expectOneMore(#"gateway_rate_limit_redis_outage_total{env="local",reason="server"}"#, at: .gateway) {
        () async throws in
        #expect(try await bench.visit(stack.brands[0].host).status == 200, "in development it goes on")
      }
    }
  }

  @Test("S0-OBS-07 S0-OBS-32 without Redis the wallet counts each signature and each payment callback that can't be looked up")
  func redisGone() async throws {
    try await RunningStack.run(settings: CounterBench.settings) { stack in
      let bench = CounterBench(stack: stack)
      let player = try await stack.player("outage", on: stack.brands[0])
      await stack.redis.stopForRestart()
      let series = #"wallet_brand_signature_replay_redis_outage_total{caller_service="recon",mode="enforce"}"#
      try await bench.expectOneMore(series, at: .walletService) { () async throws in
        try await bench.deposit(to: player, headers: try bench.signature(to: player))
      }
      try await bench.expectOneMore(#"plisio_callback_replay_redis_outage_total{env="local"}"#, at: .walletService) { () async throws in
        let callback = PaymentNotice(payment: "outage-1", order: "nothing-1")
        let reply = try await callback.send(to: stack, brand: stack.brands[0], secret: CounterBench.settings["PLISIO_SECRET_KEY"] ?? "")
        #expect(reply.text == #"{"outcome":"unknown_deposit"}"#)
      }
    }
  }

  @Test("S0-OBS-05 S0-OBS-11 a wallet in observe with only the previous key counts in its own mode and lets the call pass")
  func observing() async throws {
    try await RunningStack.run(settings: CounterBench.settings) { stack in
      let wallet = try RoleProcess(
        .walletService, stack: stack, port: try FreePort.next(),
        settings: ["MULTI_BRAND_ENFORCEMENT": "observe", "BRAND_SIGNING_KEY_PREV": CounterBench.previousKey], without: ["BRAND_SIGNING_KEY"]
      )
      do {
        try await wallet.serves()
        try await observe(CounterBench(stack: stack, wallet: wallet.url))
        await wallet.kill()
      } catch {
        await wallet.kill()
        throw error
      }
    }
  }

  private func observe(_ bench: CounterBench) async throws {
    let stack = bench.stack
    let player = try await stack.player("observed", on: stack.brands[0])
    try await bench.expectOneMore(#"wallet_brand_signature_misconfigured_total{mode="observe"}"#, at: .walletService) { () async throws in
      let old = try bench.signature(to: player, key: CounterBench.previousKey)
      #expect(try await bench.deposit(to: player, headers: old).status == 201)
    }
    let before = try await stack.psql("SELECT sum(balance) FROM wallet.wallet_balance WHERE brand_id = \(stack.brands[0].id)")
    let id = try #require(try await bench.deposit(to: player).decode(WalletCommandAnswer.self).transaction?.id)
    try await bench.expectOneMore(#"wallet_cross_brand_rejected_total{command="deposit_approve",mode="observe"}"#, at: .walletService) {
      () async throws in
      let reply = try await stack.client.send(
        "POST", "/internal/wallet/deposit-approve", at: bench.wallet ?? "", key: "cross",
        body: WalletTransactionBody(player: player.id, transaction: id), headers: stack.headers(of: .recon, stack.brands[1]))
      #expect(reply.reason != "cross_brand_rejected", "\(reply.text)")
    }
    #expect(before.isEmpty == false)
    #expect(try await stack.psql("SELECT count(*) FROM wallet.wallet_ledger WHERE brand_id = \(stack.brands[1].id)") == "0")
  }
}
