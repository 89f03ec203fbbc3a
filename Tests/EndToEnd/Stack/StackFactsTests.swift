import Composition
import Foundation
import TestSupport
import Testing

@Suite("A whole stack", .serialized)
struct StackFactsTests {
  @Test("S0-RES-11 after a two-brand run in observe no role has met a brand-scoped call without X-Brand-Id")
  func headersForwarded() async throws {
    try await TwoBrandStack.run("observe") { stack in
      #expect(try await stack.seed() == 0)
      #expect(try await stack.verify().status == 0)
      for role in ["GATEWAY", "PLAYER_SERVICE", "WALLET_SERVICE", "WALLET_WORKER", "ADMIN_SERVICE"] {
        let metrics = try await StackClient().send("GET", "/metrics", at: try stack.setting("CORDON_\(role)_URL")).text
        let missing = metrics.split(separator: "\n")
          .filter { $0.hasPrefix("brand_resolution_failed_total{") && $0.contains(#"reason="missing_header""#) }
        #expect(missing.allSatisfy { $0.hasSuffix(" 0") }, "\(role): \(missing)")
        if role == "WALLET_SERVICE" { #expect(!missing.isEmpty, "the counter must be there to be at zero") }
      }
    }
  }

  @Test("S0-JWT-19 S0-ADM-04 in a production-grade environment an operator signs in, and the token opens the admin's writes")
  func productionOperator() async throws {
    let directory = "/tmp/cordon-staging-\(UUID().uuidString.prefix(8))"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var environment = ["CORDON_ENV": "staging", "MULTI_BRAND_ENFORCEMENT": "enforce"]
    for role in ["GATEWAY", "PLAYER_SERVICE", "WALLET_SERVICE", "WALLET_WORKER", "ADMIN_SERVICE"] {
      environment["CORDON_\(role)_PORT"] = "\(try FreePort.next())"
    }
    let run = try await CordonProgram(environment: environment)
      .run("up", "--demo", "--exit-after-demo", "--json", "--directory", directory)
    #expect(run.status == 0, "\(run.messages)")
    let steps = run.output.split(separator: "\n").filter { $0.contains(#""event":"step""#) }
    for name in ["operator signs in", "operator credits a deposit of 100.00 EUR"] {
      #expect(steps.contains { $0.contains(name) && $0.contains(#""passed":true"#) })
    }
  }
}
