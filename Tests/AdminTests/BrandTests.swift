import Admin
import Contracts
import Kernel
import Redis
import TestSupport
import Testing

@Suite("The brand catalogue")
struct BrandTests {
  private static let newBrand = #"{"brand_code":"brand3","name":"Third","default_currency":"GBP"}"#

  @Test("S0-ADM-01 S0-RES-01 S0-RES-25 S0-AUD-14 create, read, list, rename, disable and enable follow in the database and in the audit")
  func lifecycle() async throws {
    try await AdminBench.run { bench in
      let created = try await bench.send("POST", "/v1/admin/brands", as: .root, body: Self.newBrand)
      #expect(created.status == 201)
      let id = try #require(created.integer("brand_id"))
      #expect(
        try await bench.database.psql("SELECT brand_code, status, default_currency FROM brand WHERE brand_id = \(id)")
          == "brand3|enabled|GBP")
      #expect(try await bench.get("/v1/admin/brands/\(id)", as: .root).text("name") == "Third")
      #expect(try await bench.send("PATCH", "/v1/admin/brands/\(id)", as: .root, body: #"{"name":"Drei"}"#).text("name") == "Drei")
      for (verb, status) in [("disable", "disabled"), ("enable", "enabled")] {
        let call = try await bench.send("POST", "/v1/admin/brands/\(id)/\(verb)", as: .root, body: #"{"reason":"a drill"}"#)
        #expect(call.text("status") == status)
        #expect(try await bench.database.psql("SELECT status FROM brand WHERE brand_id = \(id)") == status)
      }
      #expect(
        try await bench.database.psql(
          "SELECT action, old_value->>'status', new_value->>'status', reason FROM admin_audit WHERE resource = 'brand' ORDER BY audit_id DESC LIMIT 2"
        )
          == "BRAND_ENABLE|disabled|enabled|a drill\nBRAND_DISABLE|enabled|disabled|a drill")
      #expect(
        try await bench.audit(last: 4).map { String($0.split(separator: "|")[0]) } == [
          "BRAND_CREATE", "BRAND_UPDATE", "BRAND_DISABLE", "BRAND_ENABLE",
        ])
      #expect(try await bench.get("/v1/admin/brands", as: .root).rows.count == 3)
    }
  }

  @Test(
    "S0-ENF-10 one role that only observes, or doesn't answer, keeps a second brand from being created and from being enabled; it is named")
  func enforcementIncomplete() async throws {
    let census = [
      RoleEnforcement(role: .gateway, mode: .enforce), RoleEnforcement(role: .walletService, mode: .observe),
      RoleEnforcement(role: .gameService, mode: nil),
    ]
    try await AdminBench.run(census: census) { bench in
      _ = try await bench.send("POST", "/v1/admin/brands/2/disable", as: .root, body: #"{"reason":"a drill"}"#)
      let before = try await bench.auditCount()
      for (path, body) in [("/v1/admin/brands", Self.newBrand), ("/v1/admin/brands/2/enable", #"{"reason":"a drill"}"#)] {
        let call = try await bench.send("POST", path, as: .root, body: body)
        #expect(call.status == 409 && call.reason == "enforcement_incomplete", "\(call.text)")
        #expect(call.text("detail") == "These roles don't report enforce: wallet_service (observe), game_service (no answer)")
      }
      #expect(try await bench.database.psql("SELECT count(*) FROM brand WHERE status = 'enabled'") == "1")
      #expect(try await bench.auditCount() == before, "nothing was done")
      // The only enabled brand may come back: with one brand there is nothing to keep apart.
      _ = try await bench.send("POST", "/v1/admin/brands/1/disable", as: .root, body: #"{"reason":"a drill"}"#)
      #expect(try await bench.send("POST", "/v1/admin/brands/1/enable", as: .root, body: #"{"reason":"a drill"}"#).status == 200)
    }
  }

  @Test("S0-RES-23 creating, renaming, disabling and enabling a brand each announce the change once, and so does asking for it")
  func announced() async throws {
    try await AdminBench.run { bench in
      var events = bench.redis.subscribe(to: [RedisKeys.brandCatalogChanged]).makeAsyncIterator()
      while let event = await events.next() { if case .subscribed = event { break } }
      let id = try #require(try await bench.send("POST", "/v1/admin/brands", as: .root, body: Self.newBrand).integer("brand_id"))
      _ = try await bench.send("PATCH", "/v1/admin/brands/\(id)", as: .root, body: #"{"name":"Drei"}"#)
      for verb in ["disable", "enable"] {
        _ = try await bench.send("POST", "/v1/admin/brands/\(id)/\(verb)", as: .root, body: #"{"reason":"a drill"}"#)
      }
      let published = try await bench.send("POST", "/v1/admin/brands/catalog/publish", as: .root)
      #expect(published.integer("subscribers") == 1)
      var messages: [String] = []
      while messages.last != "manual", let event = await events.next() {
        if case .message(_, let bytes) = event { messages.append(String(decoding: bytes, as: UTF8.self)) }
      }
      #expect(messages == ["brand3", "brand3", "brand3", "brand3", "manual"])
    }
  }

  @Test("without Redis a change is made and audited all the same, and only an announcement by hand is refused")
  func withoutRedis() async throws {
    try await AdminBench.run { bench in
      await bench.redisServer.crash()
      let call = try await bench.send("POST", "/v1/admin/brands/2/disable", as: .root, body: #"{"reason":"incident"}"#)
      #expect(call.status == 200)
      #expect(try await bench.database.psql("SELECT status FROM brand WHERE brand_id = 2") == "disabled")
      let published = try await bench.send("POST", "/v1/admin/brands/catalog/publish", as: .root)
      #expect(published.status == 503 && published.reason == "redis_error")
    }
  }

  @Test("the same creation twice makes one brand")
  func twice() async throws {
    try await AdminBench.run { bench in
      #expect(try await bench.send("POST", "/v1/admin/brands", as: .root, body: Self.newBrand).status == 201)
      let again = try await bench.send("POST", "/v1/admin/brands", as: .root, body: Self.newBrand)
      #expect(again.status == 409 && again.reason == "brand_code_taken")
      #expect(try await bench.database.psql("SELECT count(*) FROM brand WHERE brand_code = 'brand3'") == "1")
      #expect(try await bench.auditCount() == 1)
    }
  }

  @Test(
    "a brand that could not be is refused",
    arguments: [
      #"{"brand_code":"Brand3","name":"x","default_currency":"EUR"}"#, #"{"brand_code":"3brand","name":"x","default_currency":"EUR"}"#,
      #"{"brand_code":"brand_3","name":"x","default_currency":"EUR"}"#, #"{"brand_code":"brand3","name":" x","default_currency":"EUR"}"#,
      #"{"brand_code":"brand3","name":"x","default_currency":"XXX"}"#,
      #"{"brand_code":"brand3","name":"x","default_currency":"EUR","status":"enabled"}"#,
    ])
  func refused(_ body: String) async throws {
    try await AdminBench.run { bench in
      let call = try await bench.send("POST", "/v1/admin/brands", as: .root, body: body)
      #expect(call.status == 400, "\(call.text)")
      #expect(try await bench.database.psql("SELECT count(*) FROM brand") == "2")
    }
  }

  @Test("an operator sees the brands that are theirs, and others like ones that don't exist")
  func visibility() async throws {
    try await AdminBench.run { bench in
      #expect(try await bench.get("/v1/admin/brands", as: .two, brand: nil).rows.map { $0["brand_id"] as? Int } == [2])
      #expect(try await bench.get("/v1/admin/brands", as: .both, brand: nil).rows.count == 2)
      let foreign = try await bench.get("/v1/admin/brands/1", as: .two, brand: nil)
      let absent = try await bench.get("/v1/admin/brands/99", as: .two, brand: nil)
      #expect(foreign.status == 404 && absent.status == 404)
      #expect(foreign.reason == absent.reason && foreign.text("detail") == absent.text("detail"))
    }
  }
}
