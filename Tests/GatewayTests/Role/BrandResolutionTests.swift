internal import Contracts
internal import Redis
internal import TestSupport
internal import Testing

@testable import Gateway

/// S0-RES at the gateway, on real Redis and PostgreSQL.
@Suite struct BrandResolutionTests {
  static let open = "/v1/brand"

  @Test("S0-RES-02 S0-RES-04 the Host field's binding decides the brand, for the service and in the log")
  func resolves() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      for (host, brand) in [("default.local", "1"), ("brand2.local", "2"), ("BRAND2.local:8080", "2"), ("brand2.local.", "2")] {
        let answer = try await bench.call(Self.open, host: host, fields: ["X-Request-Id": "r-\(brand)"])
        #expect(answer.status == 200, "\(host)")
        #expect(bench.upstream.requests.last?.values("x-brand-id") == [brand])
      }
      #expect(!bench.role.logs.lines(with: #""request_id":"r-2""#, #""brand_id":2"#, #""brand_code":"brand2""#).isEmpty)
    }
  }

  @Test("S0-RES-03 a level host is bound by its own key, and only when no agent has the host")
  func levels() async throws {
    try await GatewayBench.run { bench in
      try await bench.bind("level.local", to: 2, level: true)
      _ = try await bench.call(Self.open, host: "level.local")
      #expect(bench.upstream.requests.last?.values("x-brand-id") == ["2"])
      try await bench.bind("level.local", to: 1)
      // The change is told by Redis on another connection, a moment after it was made.
      try await eventually("the agent's binding is in force") {
        _ = try await bench.call(Self.open, host: "level.local")
        return bench.upstream.requests.last?.values("x-brand-id") == ["1"]
      }
    }
  }

  @Test("S0-RES-05 S0-RES-24 a host without a binding is refused as unknown_domain and counted, each time")
  func unknown() async throws {
    try await GatewayBench.run { bench in
      for number in 1...3 {
        let answer = try await bench.call(Self.open, host: "nosuch.example", fields: ["X-Request-Id": "r-\(number)"])
        #expect(answer.status == 404)
        #expect(answer.reason == "unknown_domain")
        #expect(answer.requestID == "r-\(number)")
        #expect(answer.fields["content-type"] == "application/problem+json")
        #expect(bench.failures("unknown_domain") == Double(number))
      }
      #expect(bench.upstream.requestCount == 0)
      #expect(bench.failures("unresolved_brand") == 0, "S0-RES-16: the reasons stay distinct")
    }
  }

  @Test(
    "S0-RES-16 a binding that can't be read, or names a brand that doesn't exist, is unknown_domain",
    arguments: [
      #"{"brand_id": 99, "agent_id": 1}"#, #"{"brand_id": 0, "agent_id": 1}"#, #"{"brand_id": -1, "agent_id": 1}"#,
      #"{"brand_id": "1", "agent_id": 1}"#, #"{"brand_id": 1.0, "agent_id": 1}"#, #"{"brand_id": 1}"#, #"{"agent_id": 1}"#, "1", "",
      #"{"brand_id": 1, "agent_id": 1, "more": 1}"#, #"{"brand_id": 1, "brand_id": 2, "agent_id": 1}"#, #"{"brand_id": 1, "level_id": 1}"#,
      #"{"brand_id": 1, "agent_id": 1} "x""#, #"{"brand_id": 1e0, "agent_id": 1}"#,
    ])
  func broken(_ value: String) async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      try await bench.redis.set(RedisKeys.domainAgent("broken.local"), RedisArgument(value))
      // Even where a level's binding could be read: somebody meant something by the broken one.
      try await bench.bind("broken.local", to: 1, level: true)
      #expect(try await bench.call(Self.open, host: "broken.local").reason == "unknown_domain")
      #expect(bench.upstream.requestCount == 0)
    }
  }

  @Test("S0-RES-19 a SET or DEL in Redis holds as soon as Redis has told of it, without a restart")
  func rebinding() async throws {
    try await GatewayBench.run { bench in
      for round in 1...20 {
        let brand = round % 2 + 1
        try await bench.bind("moving.local", to: brand)
        try await eventually("the binding is known") {
          _ = try await bench.call(Self.open, host: "moving.local")
          return bench.upstream.requests.last?.values("x-brand-id") == [String(brand)]
        }
      }
      try await bench.redis.delete(RedisKeys.domainAgent("moving.local"))
      try await eventually("the host is unbound") { try await bench.call(Self.open, host: "moving.local").status == 404 }
      try await bench.bind("moving.local", to: 1)
      try await eventually("a host that was unbound is bound") { try await bench.call(Self.open, host: "moving.local").status == 200 }
    }
  }

  @Test(
    "S0-RES-17 S0-HARD-24 with Redis away every request is refused as redis_error and counted, also for hosts that were known; then it comes back"
  )
  func redisAway() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      #expect(try await bench.call(Self.open).status == 200)
      await bench.redisServer.crash()
      try await bench.waitForTracking(false)
      let answer = try await bench.call(Self.open)
      #expect(answer.status == 503)
      #expect(answer.reason == "redis_error")
      #expect(answer.fields["retry-after"] != nil)
      #expect(bench.failures("redis_error") >= 1)
      try await bench.redisServer.startAgain()
      try await bench.waitForTracking()
      try await eventually("the test reaches Redis again") { (try? await bench.bindBoth()) != nil }
      try await eventually("the gateway serves again") { try await bench.call(Self.open).status == 200 }
    }
  }

  @Test(
    "S0-RES-18 S0-HARD-24 probes, metrics and documents don't touch Redis",
    arguments: [
      "/health", "/healthz", "/livez", "/docs", "/openapi.json", "/redoc", "/metrics",
    ])
  func probes(_ path: String) async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      bench.redisServer.pause()
      let started = ContinuousClock.now
      let answer = try await bench.call(path, host: "anything.example")
      #expect(answer.status == 200)
      #expect(ContinuousClock.now - started < .milliseconds(900), "a Redis command would have taken its deadline")
      #expect(bench.failures("redis_error") == 0)
      #expect(bench.upstream.requestCount == 0)
      bench.redisServer.resume()
    }
  }

  @Test("S0-RES-21 S0-PEN-02 Origin, X-Forwarded-Host, Forwarded and X-Brand-Id don't move a request into another brand")
  func spoofing() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      let fields = [
        "Origin": "https://brand2.local", "X-Forwarded-Host": "brand2.local", "Forwarded": "host=brand2.local", "X-Host": "brand2.local",
        "X-Original-Host": "brand2.local", "X-Brand-Id": "2", "Referer": "https://brand2.local/",
      ]
      #expect(try await bench.call(Self.open, fields: fields).status == 200)
      #expect(bench.upstream.requests.last?.values("x-brand-id") == ["1"])
    }
  }

  @Test("S0-RES-22 the time of resolutions is a histogram")
  func latency() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      _ = try await bench.call(Self.open)
      #expect((bench.role.metric("brand_resolution_latency_seconds_count", ["service": "gateway"]) ?? 0) >= 1)
      #expect(bench.role.metric("brand_resolution_latency_seconds_bucket", ["le": "+Inf", "service": "gateway"]) != nil)
    }
  }

  @Test("S0-RES-25 a disabled brand is refused as brand_disabled as soon as the change is announced, and serves again when enabled")
  func disabled() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      #expect(try await bench.call(Self.open, host: "brand2.local").status == 200)
      try await bench.database.psql("UPDATE cordon.brand SET status = 'disabled' WHERE brand_id = 2")
      try await bench.redis.publish(RedisKeys.brandCatalogChanged, "2")
      try await eventually("the brand is refused") { try await bench.call(Self.open, host: "brand2.local").status == 403 }
      #expect(try await bench.call(Self.open, host: "brand2.local").reason == "brand_disabled")
      #expect(try await bench.call(Self.open).status == 200, "the other brand goes on")
      try await bench.database.psql("UPDATE cordon.brand SET status = 'enabled' WHERE brand_id = 2")
      try await bench.redis.publish(RedisKeys.brandCatalogChanged, "2")
      try await eventually("the brand serves again") { try await bench.call(Self.open, host: "brand2.local").status == 200 }
    }
  }

  @Test("S0-RES-26 requests are counted per brand")
  func counted() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      for host in ["default.local", "brand2.local", "brand2.local"] { _ = try await bench.call(Self.open, host: host) }
      #expect(bench.role.metric("request_total", ["brand_code": "default", "service": "gateway"]) == 1)
      #expect(bench.role.metric("request_total", ["brand_code": "brand2", "service": "gateway"]) == 2)
    }
  }

  @Test(
    "only listed routes pass; internal paths don't exist outside, however they are spelled",
    arguments: [
      "/internal/wallet/deposit", "/v1/wallet", "/v1/wallet/balances/", "//v1/wallet/balances", "/v1/../internal/wallet/deposit",
      "/V1/brand",
      "/v1/wallet/%62alances", "/metrics/", "/v1/brand/..%2f..%2finternal", "/",
    ])
  func unlisted(_ path: String) async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      try await bench.bindBoth()
      let answer = try await bench.call(path)
      #expect(answer.status == 404)
      #expect(answer.reason == "not_found")
      #expect(bench.upstream.requestCount == 0)
    }
  }

  @Test("a listed path with another method is 405 and says which are taken")
  func method() async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      try await bench.bindBoth()
      let answer = try await bench.call("/v1/wallet/bets", method: "DELETE")
      #expect(answer.status == 405)
      #expect(answer.fields["allow"] == "POST")
    }
  }
}
