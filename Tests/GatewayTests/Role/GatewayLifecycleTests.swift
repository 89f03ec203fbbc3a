internal import Platform
internal import TestSupport
internal import Testing

@testable import Gateway

@Suite struct GatewayLifecycleTests {
  @Test("S4-STOP-01 S4-STOP-04 once the stop has begun readiness is false, writes are refused, and what was in flight is finished")
  func drain() async throws {
    let upstream = UpstreamServer { request, _ in
      request.target == "/v1/wallet/balances" ? [.pause(milliseconds: 400)] + UpstreamServer.ok("slow") : UpstreamServer.ok("x")
    }
    try await GatewayBench.run(upstream: upstream) { bench in
      try await bench.bindBoth()
      let token = try await bench.logIn()
      #expect(try await bench.call("/readyz").status == 200)
      async let inFlight = bench.call(token: token)
      try await eventually("the slow request is with the service") { bench.upstream.requestCount == 1 }
      bench.role.context.drain.begin()
      let ready = try await bench.call("/readyz")
      #expect(ready.status == 503)
      #expect(ready.body.contains("drain"))
      let write = try await bench.call("/v1/wallet/bets", method: "POST", token: token, body: "{}")
      #expect(write.status == 503)
      #expect(write.reason == "draining")
      let finished = try await inFlight
      #expect(finished.status == 200 && finished.body == "slow")
      #expect(finished.fields["connection"] == "close")
      #expect(bench.upstream.requestCount == 1)
    }
  }

  @Test("readiness names its checks and fails with Redis")
  func readiness() async throws {
    try await GatewayBench.run { bench in
      let ready = try await bench.call("/ready")
      #expect(ready.status == 200)
      for check in ["database", "redis", "drain"] { #expect(ready.body.contains("\"\(check)\"")) }
      await bench.redisServer.crash()
      try await eventually("not ready") { try await bench.call("/ready").status == 503 }
    }
  }

  @Test("the OpenAPI document has every public route and no internal one")
  func document() async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      let text = try await bench.call("/openapi.json").body
      for route in PublicRoutes.cordon.routes { #expect(text.contains("\"\(route.template)\"")) }
      #expect(!text.contains("/internal/"))
    }
  }
}
