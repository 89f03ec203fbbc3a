import Composition
import Contracts
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

/// What an external test would try at the surfaces of a running stack.
@Suite("An outsider at a running stack", .serialized, .timeLimit(.minutes(2)))
struct OutsiderTests {
  private static let operatorID = "ops:captured"

  @Test(
    "S0-PEN-02 a spoofed host, origin or brand header, a token of another brand, of an ended session or made up, never leads into another brand"
  )
  func gateway() async throws {
    try await RunningStack.run { stack in
      let (first, second) = (stack.brands[0], stack.brands[1])
      let player = try await stack.player("outsider", on: first)
      let spoofed = [
        "Origin": "https://\(second.host)", "X-Forwarded-Host": second.host, "Forwarded": "host=\(second.host)",
        "X-Brand-Id": "\(second.id)",
        "X-Player-Id": "999", "X-Caller-Service": "admin", "X-Internal-Service-Token": "guessed",
      ]
      let own = try await ask("/v1/players/me", stack, first, player.token, spoofed)
      #expect(own.status == 200 && own.text.contains(#""player_id":\#(player.id)"#), "\(own.text)")
      #expect(try await ask("/v1/brand", stack, first, nil, spoofed).text.contains(#""brand_code":"\#(first.code)""#))
      for host in ["\(second.host),\(first.host)", "nobody.example", "\(first.host)@\(second.host)"] {
        let reply = try? await stack.client.send("GET", "/v1/players/me", at: stack.url(.gateway), host: host, token: player.token)
        #expect(reply.map { (400..<500).contains($0.status) } ?? true, "\(host): \(reply?.summary ?? "")")
      }
      let replayed = try await ask("/v1/players/me", stack, second, player.token)
      #expect((400..<500).contains(replayed.status), "\(replayed.summary)")
      for forged in Self.forgeries(of: player.token, brand: second.id) {
        #expect(try await ask("/v1/players/me", stack, second, forged).status == 401, "\(forged)")
        #expect(try await ask("/v1/players/me", stack, first, forged).status == 401, "\(forged)")
      }
      let left = try await stack.client.send(
        "DELETE", "/v1/sessions/current", at: stack.url(.gateway), host: first.host, token: player.token)
      #expect(left.status < 300, "\(left.summary)")
      try await eventually("a token of an ended session is refused") {
        try await ask("/v1/players/me", stack, first, player.token).status == 401
      }
    }
  }

  /// The token with another brand in it: unsigned, under its old signature, and under none at all.
  private static func forgeries(of token: String, brand: Int64) -> [String] {
    let parts = token.split(separator: ".").map(String.init)
    guard parts.count == 3, let claims = Base64URL.decode(parts[1]) else { return [] }
    let moved = String(decoding: claims, as: UTF8.self).replacing(#/"brand_id":\d+/#, with: #""brand_id":\#(brand)"#)
    let payload = Base64URL.encode(Array(moved.utf8))
    let none = Base64URL.encode(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
    return ["\(parts[0]).\(payload).\(parts[2])", "\(none).\(payload).", "\(parts[0]).\(payload).", "\(none).\(payload).\(parts[2])"]
  }

  @Test(
    "S0-PEN-04 no route of the admin is reached through the gateway, with an operator's token either; and the services' database role can't touch what was audited"
  )
  func admin() async throws {
    try await RunningStack.run { stack in
      let token = try await stack.operatorToken(of: Self.operatorID)
      let document = try JSONDocument.parse(try await stack.client.send("GET", "/openapi.json", at: stack.url(.adminService)).body)
      guard case .object(let paths)? = document["paths"] else { throw StackRefusal(summary: "no paths") }
      let routes = paths.filter { $0.name.hasPrefix("/v1/admin") }
      #expect(routes.count > 15)
      let before = try await stack.psql("SELECT count(*) FROM cordon.admin_audit")
      for route in routes {
        guard case .object(let methods) = route.value else { continue }
        for method in methods {
          let path = route.name.replacing(/\{\w+\}/, with: "1")
          let reply = try await stack.client.send(
            method.name.uppercased(), path, at: stack.url(.gateway), host: stack.brands[0].host, token: token,
            headers: stack.headers(ofOperator: Self.operatorID, stack.brands[0]))
          #expect(reply.status == 404, "\(method.name) \(path): \(reply.summary)")
        }
      }
      #expect(try await stack.psql("SELECT count(*) FROM cordon.admin_audit") == before)
      try await tamper(stack)
    }
  }

  private func tamper(_ stack: RunningStack) async throws {
    let rows = "SELECT md5(string_agg(a::text, '' ORDER BY audit_id)) FROM cordon.admin_audit AS a"
    let before = try await stack.psql(rows)
    let app = try #require(stack.settings["DATABASE_URL"])
    for statement in [
      "UPDATE cordon.admin_audit SET operator_id = 'ops:else'", "DELETE FROM cordon.admin_audit", "TRUNCATE cordon.admin_audit",
      "ALTER TABLE cordon.admin_audit DISABLE TRIGGER ALL", "DROP TRIGGER trg_admin_audit_no_truncate ON cordon.admin_audit",
      "SET session_replication_role = replica",
    ] {
      await #expect(throws: Psql.Failure.self, "\(statement)") { try await Psql.run(statement, at: app) }
    }
    #expect(try await stack.psql(rows) == before)
  }

  private func ask(
    _ path: String, _ stack: RunningStack, _ brand: StackBrand, _ token: String?, _ headers: [String: String] = [:]
  ) async throws -> StackReply {
    try await stack.client.send("GET", path, at: stack.url(.gateway), host: brand.host, token: token, headers: headers)
  }
}
