internal import Contracts
internal import Foundation
internal import Kernel
internal import Player
internal import Redis
internal import Security
internal import TestSupport
internal import Testing

@Suite struct RegistrationTests {
  @Test("S0-PLY-01 the same account can be registered once per brand, as two players")
  func twins() async throws {
    try await PlayerBench.run { bench in
      let first = try await bench.register()
      #expect(first.status == 201)
      #expect(first.headers["cache-control"] == "no-store")
      let second = try await bench.register(brand: 2)
      #expect(second.status == 201)
      for account in ["alice", "Alice", "ALICE"] {
        let again = try await bench.register(account, "another password")
        #expect(again.status == 409)
        #expect(again.reason == "account_taken")
      }
      #expect(try await bench.number("SELECT count(*) FROM cordon.player WHERE account = 'alice'") == 2)
      #expect(try await bench.number("SELECT count(DISTINCT (brand_id, player_id)) FROM cordon.player") == 2)
    }
  }

  @Test("Of concurrent registrations of one account exactly one succeeds")
  func race() async throws {
    try await PlayerBench.run { bench in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 { group.addTask { try await bench.register().status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 201 }.count == 1)
      #expect(statuses.filter { $0 == 409 }.count == 7)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_outbox") == 1)
    }
  }

  @Test("S0-PLY-07 contacts are stored encrypted, and shown to their owner alone")
  func contacts() async throws {
    try await PlayerBench.run { bench in
      let body = RegistrationBody(account: "alice", password: "correct horse", email: "alice@example.com", phone: "+4930901820")
      let player = try await bench.send("POST", "/v1/players", json: body).player()
      #expect(player.email == "alice@example.com")
      let profile = try await bench.profile(player: player.playerID)
      #expect(try profile.player() == player)
      #expect(profile.headers["cache-control"] == "no-store")
      let dump = try await bench.database.psql(
        "SELECT p.*, encode(contact_ciphertext, 'escape') FROM cordon.player p; SELECT * FROM cordon.player_outbox; SELECT * FROM cordon.player_login"
      )
      for secret in ["alice@example.com", "example", "4930901820", "correct horse"] { #expect(!dump.contains(secret)) }
      #expect(try await bench.number("SELECT count(*) FROM cordon.player WHERE contact_key_id = 'pii-1'") == 1)
      #expect(try await bench.database.psql("SELECT password_hash FROM cordon.player").hasPrefix("$argon2id$v=19$"))
      let foreign = try await bench.profile(player: player.playerID, brand: 2)
      #expect(foreign.status == 404)
      #expect(foreign.reason == "player_not_found")
    }
  }

  @Test("S0-PLY-07 without AES keys a contact is refused and counted, and nothing is stored in its place")
  func noKeys() async throws {
    try await PlayerBench.run(personalDataKey: nil) { bench in
      let body = RegistrationBody(account: "alice", password: "correct horse", email: "alice@example.com")
      let call = try await bench.send("POST", "/v1/players", json: body)
      #expect(call.status == 503)
      #expect(call.reason == "unavailable")
      #expect(bench.role.metric("pii_aes_unconfigured_total", ["service": "player_service", "op": "encrypt"]) == 1)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player") == 0)
      #expect(try await bench.register().status == 201)
    }
  }

  @Test("S0-PLY-05 S0-MIG-20 S0-HARD-20 every event of the player stream carries its brand, no personal data, and is no sentinel")
  func events() async throws {
    try await PlayerBench.run { bench in
      let brands = [try await bench.register(), try await bench.register(brand: 2)]
      #expect(brands.map(\.status) == [201, 201])
      try await withThrowingTaskGroup { group in
        group.addTask { await bench.service.run() }
        defer { group.cancelAll() }
        try await eventually("both events are published") {
          try await bench.number("SELECT count(*) FROM cordon.player_outbox WHERE published_at IS NOT NULL") == 2
        }
      }
      let reply = try await bench.redis.send(["XRANGE", "player:events", "-", "+"])
      #expect(!"\(reply)".contains("alice"))
      #expect(!"\(reply)".contains("BRAND_AWARE_PUBLISHING_BEGINS"))
      let entries = (reply.array ?? []).map { entry in
        let fields = (entry.array?.last?.array ?? []).compactMap(\.text)
        return Dictionary(uniqueKeysWithValues: stride(from: 0, to: fields.count - 1, by: 2).map { (fields[$0], fields[$0 + 1]) })
      }
      #expect(entries.compactMap { $0["brand_id"] }.sorted() == ["1", "2"])
      for entry in entries {
        let payload = try #require(try JSONSerialization.jsonObject(with: Data((entry["payload"] ?? "").utf8)) as? [String: Any])
        #expect((payload["brand_id"] as? Int).map { String($0) } == entry["brand_id"])
      }
      let payloads = try await bench.database.psql(
        "SELECT payload->>'brand_id', event_type FROM cordon.player_outbox WHERE published_at IS NOT NULL ORDER BY 1")
      #expect(payloads.split(separator: "\n").map(String.init) == ["1|player.registered", "2|player.registered"])
    }
  }

  @Test(
    "What no account could be is refused with the place of the fault",
    arguments: [
      (#"{"account":"ab","password":"correct horse"}"#, "invalid_field"),
      (#"{"account":"a b c","password":"correct horse"}"#, "invalid_field"),
      (#"{"account":"alice","password":"short"}"#, "invalid_field"),
      (#"{"account":"alice","password":"password123"}"#, "invalid_field"),
      (#"{"account":"alice","password":"correct horse","email":"x"}"#, "invalid_field"),
      (#"{"account":"alice","password":"correct horse","phone":"12"}"#, "invalid_field"),
      (#"{"account":"alice"}"#, "invalid_field"),
      (#"{"account":7,"password":"correct horse"}"#, "invalid_field"),
      (#"{"account":"alice","password":"correct horse","brand_id":2}"#, "unknown_field"),
      (#"{"account":"alice","account":"bob","password":"correct horse"}"#, "invalid_json"),
      ("[]", "invalid_field"), ("", "invalid_json"), ("{", "invalid_json"),
    ])
  func refused(body: String, reason: String) async throws {
    try await PlayerBench.run { bench in
      let call = try await bench.send("POST", "/v1/players", body: body)
      #expect(call.status == 400)
      #expect(call.reason == reason)
      #expect(!call.text.contains("correct horse"))
      #expect(try await bench.number("SELECT count(*) FROM cordon.player") == 0)
    }
  }

  @Test("S0-PLY-02 without a brand, or without the gateway's token, nobody registers")
  func guarded() async throws {
    try await PlayerBench.run { bench in
      let body = #"{"account":"alice","password":"correct horse"}"#
      for (header, value, reason) in [
        (HeaderNames.brandID, "0", "missing_header"), (HeaderNames.internalServiceToken, "guess-0123456789", "caller_token_invalid"),
        (HeaderNames.callerService, "admin", "caller_mismatch"),
      ] {
        let call = try await bench.send("POST", "/v1/players", body: body, headers: [header: value])
        #expect(call.reason == reason)
      }
      #expect(try await bench.number("SELECT count(*) FROM cordon.player") == 0)
    }
  }
}
