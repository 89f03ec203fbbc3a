import Foundation
import HTTPTypes
import Kernel
import Platform
import TestSupport
import Testing

/// What holds for each operation of the wallet, whoever adds the next one.
@Suite("The wallet's walls stand around every operation")
struct WalletReachTests {
  private static let session = "0197a000-0000-7000-8000-000000000001"

  @Test("S0-WAL-01 S0-WAL-02 every command of another role is among the attacks on foreign rows")
  func everyCommand() async throws {
    try await WalletBench.run { bench in
      // Documents aren't money, and have tests of their own.
      let commands = bench.endpoints.filter {
        $0.method == .post && $0.access == .internalCall(brand: .required) && !$0.path.contains("/versions")
      }.map(\.path)
      // The batch has no row of its own; its commands are attacked below.
      let attacked = WalletIsolationTests.attacks.map { "/internal/wallet/\($0.path)" } + ["/internal/wallet/batch"]
      #expect(Set(commands) == Set(attacked))
      let own = bench.endpoints.filter { $0.method == .post && $0.access == .player }.map(\.path)
      #expect(Set(own) == Set(Self.playerAttacks.map(\.path)))
    }
  }

  static let playerAttacks: [(path: String, body: String)] = [
    ("/v1/wallet/deposits", #"{"amount":5,"currency":"USD"}"#), ("/v1/wallet/withdrawals", #"{"amount":5,"currency":"USD"}"#),
    ("/v1/wallet/bets", #"{"amount":5,"currency":"USD"}"#),
  ]

  @Test("S0-WAL-01 S0-WAL-02 S0-WAL-04 a player of one brand has no door into another, and the try is logged", arguments: 0..<3)
  func players(_ index: Int) async throws {
    let attack = Self.playerAttacks[index]
    try await WalletBench.run { bench in
      try await bench.deposit(1_000, player: 2)
      let before = try await bench.books(of: 1) + bench.books(of: 2)
      let answer = try await bench.send(
        attack.path, as: .gateway, brand: "2", key: "attack", body: attack.body,
        headers: ["x-player-id": "2", "x-session-id": Self.session, "x-request-id": "probe-1"])
      #expect(answer.status == 403 && answer.reason == "cross_brand_rejected", "\(answer.text)")
      #expect(try await bench.books(of: 1) + bench.books(of: 2) == before)
      let line = try #require(bench.role.logs.lines(with: #""event":"cross_brand_rejected""#).first)
      #expect(line.contains(#""request_id":"probe-1""#) && line.contains(#""caller_service":"gateway""#), "\(line)")
    }
  }

  @Test("S0-WAL-01 S0-WAL-02 a foreign row inside a batch is refused alone; its neighbour is booked")
  func batch() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(1_000, player: 2)
      let before = try await bench.books(of: 1)
      let commands = [2, 1].map {
        #"{"command":"deposit","idempotency_key":"b-\#($0)","player_id":\#($0),"amount":5,"currency":"USD"}"#
      }
      let answer = try await bench.send(
        "/internal/wallet/batch", as: .recon, brand: "2", body: #"{"commands":[\#(commands.joined(separator: ","))]}"#)
      #expect(answer.rows("results").map { $0["status"] as? Int } == [403, 201], "\(answer.text)")
      #expect(try await bench.books(of: 1) == before)
      #expect(try await bench.balance(player: 1, brand: 2) == 5)
    }
  }

  @Test("S0-WAL-02 a player number that both brands have, and another brand's bet: the references are each brand's own")
  func collidingReference() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(1_000)
      try await bench.bet(100, reference: "open")
      let before = try await bench.books(of: 1)
      let settled = try await bench.settle(5, reference: "open", brand: 2)
      #expect(settled.status == 404 && settled.reason == "transaction_not_found", "\(settled.text)")
      _ = try await bench.rollback(reference: "open", brand: 2)
      #expect(try await bench.books(of: 1) == before)
      #expect(try await bench.balance(brand: 2) == 0)
    }
  }

  @Test("S0-WAL-22 every query of another role refuses without a brand, names its route and tells nothing")
  func everyQuery() async throws {
    let values = ["player_id": "1", "transaction_id": Self.session, "provider": "mg", "reference": "r", "request_id": "k"]
    try await WalletBench.run { bench in
      try await bench.deposit(7_654_321)
      let queries = bench.endpoints.filter { $0.method == .get && $0.access == .internalCall(brand: .required) }
      #expect(queries.count >= 13)
      for endpoint in queries {
        var path = endpoint.path
        for (name, value) in values { path = path.replacing("{\(name)}", with: value) }
        let query = endpoint.parameters.filter { $0.place == .query && $0.isRequired }.map { "\($0.name)=\(values[$0.name] ?? "")" }
        if !query.isEmpty { path += "?" + query.joined(separator: "&") }
        let known = try await bench.send(path, method: "GET", as: .admin)
        #expect(known.status == 200 || known.reason == "transaction_not_found" || known.status == 404, "\(path): \(known.text)")
        let answer = try await bench.send(path, method: "GET", as: .admin, brand: nil)
        #expect(answer.status == 400 && answer.reason == "missing_header", "\(path): \(answer.text)")
        #expect(answer.detail == "Brand context required for \(endpoint.path)")
        #expect(!answer.text.contains("7654321"))
      }
    }
  }

  @Test("S0-WAL-24 S0-HARD-33 lists and look-ups of one brand never show the other's rows, with colliding player numbers")
  func lists() async throws {
    try await WalletBench.run { bench in
      let (first, second) = (1_000_111, 2_000_222)
      let own = try await bench.deposit(first, brand: 1, key: "one")
      try await bench.deposit(second, brand: 2, key: "two")
      for path in [
        "players/1/transactions", "players/1/ledger", "transactions", "ledger", "trial-balance", "deposits", "players/1/balances",
      ] {
        let one = Self.numbers(in: try await bench.get("/internal/wallet/\(path)", brand: "1"))
        let two = Self.numbers(in: try await bench.get("/internal/wallet/\(path)", brand: "2"))
        #expect(one.contains(first) && !one.contains(second), "\(path)")
        #expect(two.contains(second) && !two.contains(first), "\(path)")
      }
      try await bench.bet(5, reference: "mine")
      let bet = "/internal/wallet/bets?provider=mg&reference=mine"
      let command = "/internal/wallet/commands?request_id=one"
      for path in ["/internal/wallet/transactions/\(try own.transactionID)", bet, command] {
        #expect(try await bench.get(path, brand: "1").status < 300, "\(path)")
        #expect(try await bench.get(path, brand: "2").status == 404, "\(path)")
      }
    }
  }

  /// Every whole number of an answer, wherever it stands.
  private static func numbers(in call: WalletCall) -> Set<Int> {
    func collect(_ value: Any) -> [Int] {
      switch value {
      case let members as [String: Any]: members.values.flatMap(collect)
      case let items as [Any]: items.flatMap(collect)
      case let number as Int: [number, abs(number)]
      default: []
      }
    }
    return Set((try? JSONSerialization.jsonObject(with: Data(call.text.utf8))).map(collect) ?? [])
  }

  @Test(
    "S0-WAL-08 S0-WAL-09 S0-WAL-10 each brand reads its own active documents, and activating one leaves the other's as it was",
    arguments: ["topology", "policy"])
  func documents(_ kind: String) async throws {
    let documents = [
      "topology":
        #"{"buckets":[{"name":"cash","withdrawable":true},{"name":"vault","withdrawable":false}],"bet_order":["cash"],"deposit_bucket":"cash","win_bucket":"cash"}"#,
      "policy": #"{"limits":{"authorize":{"min":1,"max":77}}}"#,
    ]
    try await WalletBench.run { bench in
      let path = "/internal/wallet/\(kind)"
      let first = try await bench.get(path, brand: "1")
      let second = try await bench.get(path, brand: "2")
      #expect(first.status == 200 && second.status == 200)
      let table = "wallet.wallet_\(kind)"
      try await bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '2', true);
        UPDATE \(table) SET status = 'retired', retired_at = now() WHERE brand_id = 2;
        INSERT INTO \(table) (brand_id, version, document, created_by) VALUES (2, 2, '\(documents[kind] ?? "")', 'test');
        UPDATE \(table) SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = 2 AND version = 2;
        COMMIT;
        """)
      #expect(try await bench.get(path, brand: "1").text == first.text, "byte for byte")
      let changed = try await bench.get(path, brand: "2")
      #expect(changed.integer("version") == 2 && changed.integer("brand_id") == 2 && changed.text != second.text)
      #expect(changed.text.contains(kind == "topology" ? #""vault""# : #""max":77"#))
      #expect(!first.text.contains(#""vault""#) && !first.text.contains(#""max":77"#))
    }
  }
}
