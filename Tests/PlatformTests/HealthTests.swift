import Testing

@testable import Platform

@Suite("Probes")
struct HealthTests {
  @Test("S0-SVC-02, S0-RES-18 /health, /healthz and /livez say what runs and ask no check", arguments: ["/health", "/healthz", "/livez"])
  func alive(path: String) async throws {
    let gate = Gate()
    let check = ReadinessCheck("database") {
      await gate.pass()
      return .failed("down")
    }
    try await ServedRole.serving(flags: ["MULTI_BRAND_ENFORCEMENT": "observe"], checks: [check]) { role in
      let answer = try await role.send("GET", path)
      let health = try answer.decoded(HealthBody.self)
      #expect(answer.status == 200)
      #expect(health.role == "wallet_service" && health.environment == "test" && health.version == "1.2.3")
      #expect(health.enforcementMode == "observe")
      #expect(health.acceptedKeyIDs == ["key-1", "key-2"])
      #expect(health.warnings == ["brand one is odd"])
      #expect(gate.arrived == 0)
    }
  }

  @Test("S4-READY-02, S4-READY-07 /ready lists each check and one failure makes it 503", arguments: ["/ready", "/readyz"])
  func ready(path: String) async throws {
    let good = ReadinessCheck("redis") { .passed }
    let bad = ReadinessCheck("signing") { .failed("BRAND_SIGNING_KEY is not set") }
    try await ServedRole.serving(checks: [good]) { role in
      let answer = try await role.send("GET", path)
      #expect(answer.status == 200)
      #expect(try answer.decoded(ReadinessBody.self).checks.map(\.name) == ["redis", "drain"])
    }
    try await ServedRole.serving(checks: [good, bad]) { role in
      let answer = try await role.send("GET", path)
      let body = try answer.decoded(ReadinessBody.self)
      #expect(answer.status == 503)
      #expect(body.status == "not_ready")
      #expect(body.checks.map(\.status) == ["pass", "fail", "pass"])
      #expect(body.checks[1].detail == "BRAND_SIGNING_KEY is not set")
    }
  }

  @Test("a check that doesn't come back fails by its own deadline and holds up no other")
  func stuck() async throws {
    let gate = Gate()
    let stuck = ReadinessCheck("database", deadline: .milliseconds(100)) {
      await gate.pass()
      return .passed
    }
    try await ServedRole.serving(checks: [stuck, ReadinessCheck("redis") { .passed }]) { role in
      let body = try await role.send("GET", "/ready").decoded(ReadinessBody.self)
      #expect(body.checks.map(\.status) == ["fail", "pass", "pass"])
      gate.open()
    }
  }
}
