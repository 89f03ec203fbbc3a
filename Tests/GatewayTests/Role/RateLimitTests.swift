internal import Contracts
internal import Foundation
internal import NIOCore
internal import Redis
internal import TestSupport
internal import Testing

@testable import Gateway

/// The per-address limit on real Redis.
@Suite struct RateLimitTests {
  @Test("the limit is never exceeded, by many connections at once; the refusal says when to come back")
  func limit() async throws {
    try await GatewayBench.run(settings: ["CORDON_RATE_LIMIT_PER_MINUTE": "20"]) { bench in
      try await bench.bindBoth()
      let answers = try await withThrowingTaskGroup(of: GatewayBench.Answer.self) { group in
        for _ in 0..<40 { group.addTask { try await bench.call("/v1/brand") } }
        return try await group.reduce(into: [GatewayBench.Answer]()) { $0.append($1) }
      }
      #expect(answers.count { $0.status == 200 } == 20)
      #expect(bench.upstream.requestCount == 20)
      let refused = try #require(answers.first { $0.status == 429 })
      #expect(refused.reason == "rate_limited")
      let seconds = try #require(refused.fields["retry-after"].flatMap { Int($0) })
      #expect((1...60).contains(seconds))
      #expect(refused.fields["ratelimit-policy"] == #""general";q=20;w=60"#)
      #expect(refused.fields["ratelimit"]?.hasPrefix(#""general";r=0;t="#) == true)
    }
  }

  @Test("all gateways together keep one limit")
  func shared() async throws {
    try await GatewayBench.run(settings: ["CORDON_RATE_LIMIT_PER_MINUTE": "20"]) { bench in
      try await bench.bindBoth()
      let limits = [GatewayRoute.RateClass.general: 20]
      let others = (0..<3).map { _ in RateLimiter(redis: bench.redis, limits: limits) { _ in } }
      let client = ClientAddress(text: "127.0.0.1", bucket: "127.0.0.1")
      var within = 0
      for round in 0..<60 {
        let limiter = others[round % 3]
        if let verdict = limiter.take(.general, client, now: .now()) {
          within += verdict == .within ? 1 : 0
        } else {
          within += await limiter.ask(.general, client) == .within ? 1 : 0
        }
      }
      var served = 0
      for _ in 0..<20 { served += try await bench.call("/v1/brand").status == 200 ? 1 : 0 }
      #expect(within + served <= 20)
      #expect(within + served >= 12, "what one gateway reserves and doesn't use is small")
    }
  }

  @Test("guessing at credentials has a stricter limit of its own")
  func credentials() async throws {
    try await GatewayBench.run(settings: ["CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE": "3"]) { bench in
      try await bench.bindBoth()
      var statuses: [Int] = []
      for _ in 0..<5 { statuses.append(try await bench.call("/v1/sessions", method: "POST", body: "{}").status) }
      #expect(statuses == [200, 200, 200, 429, 429])
      #expect(try await bench.call("/v1/brand").status == 200)
    }
  }

  @Test(
    "S0-HARD-17 with Redis away production refuses with 503 and Retry-After, development would let pass; both are counted",
    arguments: [
      ("production", 503), ("test", 200),
    ])
  func outage(_ environment: String, _ status: Int) async throws {
    let settings = ["CORDON_ENV": environment, "MULTI_BRAND_ENFORCEMENT": "enforce", "CORDON_RATE_LIMIT_PER_MINUTE": "8"]
    try await GatewayBench.run(settings: settings.merging(GatewayBench.productionSecrets(environment)) { $1 }) { bench in
      try await bench.bindBoth()
      // The limiter alone loses Redis: its key has a type that the script can't count.
      try await bench.redis.send(["SADD", RedisArgument(RedisKeys.gatewayRatePrefix + "general:127.0.0.1"), "x"])
      let answer = try await bench.call("/v1/brand")
      #expect(answer.status == status)
      if status == 503 {
        #expect(answer.reason == "redis_error")
        #expect(answer.fields["retry-after"] != nil)
      }
      #expect((bench.role.metric("gateway_rate_limit_redis_outage_total", ["env": environment]) ?? 0) >= 1)
    }
  }
}
