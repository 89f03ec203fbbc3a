import Composition
import Foundation
import TestSupport
import Testing

@Suite("A whole stack", .serialized)
struct StackFactsTests {
  @Test(
    "S0-RES-11 S0-SVC-05 after a two-brand run in observe no role has met a brand-scoped call without X-Brand-Id, nor a caller's long name")
  func headersForwarded() async throws {
    try await TwoBrandStack.run("observe") { stack in
      #expect(try await stack.seed() == 0)
      #expect(try await stack.verify().status == 0)
      for role in ["GATEWAY", "PLAYER_SERVICE", "WALLET_SERVICE", "WALLET_WORKER", "GAME_SERVICE", "ADMIN_SERVICE"] {
        let metrics = try await StackClient().send("GET", "/metrics", at: try stack.setting("CORDON_\(role)_URL")).text
        let missing = metrics.split(separator: "\n")
          .filter { $0.hasPrefix("brand_resolution_failed_total{") && $0.contains(#"reason="missing_header""#) }
        #expect(missing.allSatisfy { $0.hasSuffix(" 0") }, "\(role): \(missing)")
        if ["WALLET_SERVICE", "PLAYER_SERVICE"].contains(role) { #expect(!missing.isEmpty, "the counter must be there to be at zero") }
        #expect(metrics.firstMatch(of: /caller\w*="[a-z]+_service"/) == nil, "\(role)")
      }
    }
  }

  @Test("S0-RES-24 each refusal of a brand has the same envelope, whichever role refuses; S0-RES-16 and each its own reason")
  func envelopes() async throws {
    try await TwoBrandStack.run("enforce") { stack in
      #expect(try await stack.seed() == 0)
      let gateway = try stack.setting("CORDON_GATEWAY_URL")
      let internalCall = [
        "x-caller-service": "gateway", "x-internal-service-token": try stack.setting("INTERNAL_SERVICE_TOKEN_GATEWAY"),
      ]
      let client = StackClient()
      let token = try await token(of: "eve", at: gateway)
      let replies = [
        "unknown_domain": try await client.send("GET", "/v1/brand", at: gateway, host: "nosuch.example"),
        "jwt_domain_mismatch": try await client.send("GET", "/v1/wallet/balances", at: gateway, host: "brand2.local", token: token),
        "missing_header": try await client.send(
          "GET", "/internal/wallet/topology", at: try stack.setting("CORDON_WALLET_SERVICE_URL"), headers: internalCall),
        "unresolved_brand": try await client.send(
          "GET", "/v1/brand", at: try stack.setting("CORDON_PLAYER_SERVICE_URL"), headers: internalCall.merging(["x-brand-id": "99"]) { $1 }
        ),
      ]
      var shapes: Set<[String]> = []
      for (reason, reply) in replies {
        let body = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any], "\(reason): \(reply.text)")
        #expect(body["reason"] as? String == reason)
        #expect(body["request_id"] as? String == reply.headers["x-request-id"] && (body["request_id"] as? String)?.isEmpty == false)
        #expect(reply.headers["content-type"] == "application/problem+json", "\(reason)")
        // What is special about a case, where there is something to say (docs/formats/problems.md).
        shapes.insert(body.keys.filter { $0 != "detail" }.sorted())
      }
      #expect(shapes.count == 1, "\(shapes)")
    }
  }

  @Test("S0-RES-25 an operator disables a brand and its host is refused; enabled again, it serves")
  func disabledBrand() async throws {
    try await TwoBrandStack.run("enforce") { stack in
      #expect(try await stack.seed() == 0)
      let gateway = try stack.setting("CORDON_GATEWAY_URL")
      let admin = try stack.setting("CORDON_ADMIN_SERVICE_URL")
      let client = StackClient()
      let token = try await superAdminToken(stack)
      #expect(try await client.send("GET", "/v1/brand", at: gateway, host: "brand2.local").status == 200)
      for (verb, expected) in [("disable", "403 brand_disabled"), ("enable", "200")] {
        let act = try await client.send(
          "POST", "/v1/admin/brands/2/\(verb)", at: admin, token: token, body: ["reason": "a drill"],
          headers: ["x-operator-id": Self.operatorID])
        #expect(act.status == 200, "\(act.text)")
        try await eventually("the gateway knows") {
          try await client.send("GET", "/v1/brand", at: gateway, host: "brand2.local").summary == expected
        }
        #expect(try await client.send("GET", "/v1/brand", at: gateway, host: "default.local").status == 200)
      }
    }
  }

  @Test("S0-SVC-11 after traffic each role's log has lines with brand, request id and service, and with the caller behind the gateway")
  func logLabels() async throws {
    try await TwoBrandStack.run("enforce") { stack in
      #expect(try await stack.seed() == 0)
      #expect(try await stack.verify().status == 0)
      let log = try String(contentsOfFile: stack.directory + "/cordon.log", encoding: .utf8)
      let lines = log.split(separator: "\n").compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
      for service in ["gateway", "player_service", "wallet_service", "admin_service"] {
        let labelled = lines.filter { line in
          line["service"] as? String == service && line["brand_id"] is Int && line["brand_code"] is String && line["request_id"] is String
        }
        #expect(!labelled.isEmpty, "\(service)")
        if ["player_service", "wallet_service"].contains(service) {
          #expect(labelled.contains { $0["caller_service"] as? String == "gateway" }, "\(service)")
        }
      }
    }
  }

  private static let operatorID = "ops:e2e"

  /// Registers on the first brand.
  private func token(of account: String, at gateway: String) async throws -> String {
    let body = ["account": account, "password": "correct horse battery staple"]
    for (path, status) in [("/v1/players", 201), ("/v1/sessions", 200)] {
      let reply = try await StackClient().send("POST", path, at: gateway, host: "default.local", body: body)
      #expect(reply.status == status, "\(reply.text)")
      if path == "/v1/sessions" { return try text("access_token", of: reply) }
    }
    return ""
  }

  /// The harness' operator, whom only the database can make one of the platform.
  private func superAdminToken(_ stack: TwoBrandStack) async throws -> String {
    let password = "correct horse battery staple"
    #expect(try await stack.verify(["E2E_OPERATOR_PASSWORD": password]).status == 0)
    try await stack.psql("UPDATE cordon.staff SET roles = '{super_admin}' WHERE admin_id = '\(Self.operatorID)'")
    let reply = try await StackClient().send(
      "POST", "/v1/admin/sessions", at: try stack.setting("CORDON_ADMIN_SERVICE_URL"),
      body: ["admin_id": Self.operatorID, "password": password])
    return try text("access_token", of: reply)
  }

  private func text(_ name: String, of reply: StackReply) throws -> String {
    let body = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
    return try #require(body?[name] as? String, "\(reply.text)")
  }

  @Test("S0-JWT-19 S0-ADM-04 S0-HARD-23 in a production-grade environment an operator signs in, and the token opens the admin's writes")
  func productionOperator() async throws {
    let directory = "/tmp/cordon-staging-\(UUID().uuidString.prefix(8))"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var environment = ["CORDON_ENV": "staging", "MULTI_BRAND_ENFORCEMENT": "enforce"]
    for role in ["GATEWAY", "PLAYER_SERVICE", "WALLET_SERVICE", "WALLET_WORKER", "GAME_SERVICE", "ADMIN_SERVICE"] {
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
