@testable import Composition
import Kernel
import Platform
import Testing

/// What the harness decides without a stack.
@Suite("The harness' own rules")
struct HarnessRulesTests {
  private func configuration(_ settings: [String: String]) throws -> EffectiveConfiguration {
    try ConfigurationLoader.load(roles: [], flags: settings.merging(["CORDON_ENV": "test"]) { $1 }, environment: [:])
  }

  @Test("S0-TOK-16 the identity is the gateway's with its own token, unless another is chosen")
  func identity() throws {
    let own = try HarnessIdentity(configuration(["INTERNAL_SERVICE_TOKEN_GATEWAY": "g"]))
    #expect(own.caller == .gateway && own.token == "g")
    let chosen = try HarnessIdentity(
      configuration(["E2E_INTERNAL_CALLER_SERVICE": "recon", "E2E_INTERNAL_SERVICE_TOKEN": "r", "INTERNAL_SERVICE_TOKEN_RECON": "x"]))
    #expect(chosen.caller == .recon && chosen.token == "r")
    let shared = try HarnessIdentity(configuration(["E2E_INTERNAL_CALLER_SERVICE": "game", "INTERNAL_SERVICE_TOKEN": "s"]))
    #expect(shared.caller == .game && shared.token == "s")
    #expect(throws: HarnessFault.tokenMissing(caller: .gateway)) { try HarnessIdentity(configuration([:])) }
  }

  @Test("S0-E2E-08 observe and enforce each have a profile, off has none")
  func profiles() {
    #expect(HarnessProfile(.observe) == .observe)
    #expect(HarnessProfile(.enforce) == .enforce)
    #expect(HarnessProfile(.off) == nil)
    #expect(HarnessProfile.observe.foreignToken.hasPrefix("401"))
    #expect(HarnessProfile.enforce.foreignToken == "403 jwt_domain_mismatch")
  }

  @Test("a comparison tells every difference, and one that compared nothing is no agreement")
  func comparisons() {
    var comparison = Comparison()
    #expect(comparison.verdict != Comparison.agreement)
    comparison.expect("a", 1, is: 1)
    #expect(comparison.verdict == Comparison.agreement)
    comparison.expect("b", 1, is: 2)
    comparison.expect("c is wrong", false)
    #expect(comparison.verdict == "b: expected 2, got 1; c is wrong")
  }

  @Test("S0-E2E-22 series are summed by labels, and brand labels are found under their three names")
  func metrics() {
    let page = MetricsText(
      """
      # HELP failed_total brand="help"
      failed_total{reason="a",service="x"} 2
      failed_total{reason="a",service="y"} 3
      failed_total{reason="b",service="x"} 5
      failed_total_more{reason="a"} 7
      request_total{brand_code="default",service="x"} 1
      other_total{service="x",brand_id="2"} 1
      third{brand="brand2"} 1
      wrong{other_brand="no"} 1
      """)
    #expect(page.total("failed_total", ["reason": "a"]) == 5)
    #expect(page.total("failed_total") == 10)
    #expect(page.total("absent_total") == 0)
    #expect(page.brands == ["default", "2", "brand2"])
  }

  @Test("S0-E2E-11 make keeps requests to this machine away from a proxy, under both names")
  func makefile() throws {
    let lines = try Recipe.text("Makefile").split(separator: "\n").map(String.init)
    #expect(lines.contains("export NO_PROXY := localhost,127.0.0.1,::1"))
    #expect(lines.contains("export no_proxy := $(NO_PROXY)"))
  }

  @Test("S0-E2E-13 the recipe makes exactly the two calls, on the stack that it is given")
  func recipe() async throws {
    let printed = try await ShellRun.run("make -C '\(Recipe.root)' -n verify-two-brand STACK=somewhere.env CORDON=cordon")
    #expect(printed.status == 0)
    let calls = printed.output.split(separator: "\n").filter { $0.hasPrefix("cordon ") }.map(String.init)
    #expect(calls == ["cordon brand seed-two --config somewhere.env", "cordon verify two-brand --config somewhere.env"])
  }
}
