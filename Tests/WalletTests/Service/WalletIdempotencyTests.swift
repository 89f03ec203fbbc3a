import Foundation
import Kernel
import TestSupport
import Testing

@Suite("One idempotency key, one effect, one answer")
struct WalletIdempotencyTests {
  @Test("S0-WAL-18 a repeated request gets the first answer byte for byte and posts nothing more")
  func replay() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(500)
      let first = try await bench.bet(100, reference: "r")
      let ledger = try await bench.books(of: 1)
      let again = try await bench.bet(100, reference: "r")
      #expect(again.text == first.text)
      #expect(again.status == first.status)
      #expect(!first.isReplay)
      #expect(again.isReplay)
      #expect(try await bench.books(of: 1) == ledger)
      let quoted = try await bench.bet(100, reference: "r", key: #""bet-r""#)
      #expect(quoted.text == first.text)
    }
  }

  @Test("S0-WAL-19 the same key with another payload is refused and changes nothing", arguments: ["amount", "player", "command"])
  func mismatch(what: String) async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(500)
      try await bench.deposit(500, player: 2)
      try await bench.bet(100, reference: "r")
      let before = try await bench.books(of: 1)
      let second =
        switch what {
        case "amount": try await bench.bet(101, reference: "r")
        case "player": try await bench.bet(100, reference: "r", player: 2)
        default: try await bench.rollback(reference: "r", key: "bet-r")
        }
      #expect(second.status == 422)
      #expect(second.reason == "idempotency_mismatch")
      #expect(try await bench.books(of: 1) == before)
    }
  }

  @Test("A refused command stays refused under its key, also when the money has come since")
  func refusalIsKept() async throws {
    try await WalletBench.run { bench in
      let refused = try await bench.bet(100, reference: "r")
      #expect(refused.reason == "insufficient_funds")
      try await bench.deposit(500)
      let again = try await bench.bet(100, reference: "r")
      #expect(again.text == refused.text)
      #expect(again.isReplay)
      #expect(try await bench.balance() == 500)
    }
  }

  @Test("A hundred concurrent twins have one effect and identical bodies")
  func twins() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(500)
      let answers = try await withThrowingTaskGroup(of: WalletCall.self) { group in
        for _ in 0..<100 { group.addTask { try await bench.bet(100, reference: "twin") } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(answers.map(\.text)).count == 1)
      #expect(answers.filter { !$0.isReplay }.count == 1)
      #expect(try await bench.balance() == 400)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("Twenty concurrent first deposits of a player who has no wallet row yet all count")
  func firstDeposits() async throws {
    try await WalletBench.run { bench in
      let answers = try await withThrowingTaskGroup(of: WalletCall.self) { group in
        for index in 0..<20 { group.addTask { try await bench.deposit(5, player: 2, key: "first-\(index)") } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.filter { $0.status != 201 }.map(\.text) == [])
      #expect(try await bench.balance(player: 2) == 100)
    }
  }

  @Test("Concurrent bets never overdraw")
  func overdraw() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(250)
      let answers = try await withThrowingTaskGroup(of: WalletCall.self) { group in
        for index in 0..<30 { group.addTask { try await bench.bet(100, reference: "o\(index)") } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.filter { $0.status == 201 }.count == 2)
      #expect(answers.filter { $0.status != 201 && $0.reason != "insufficient_funds" }.map(\.text) == [])
      #expect(answers.filter { $0.reason == "insufficient_funds" }.count == 28)
      #expect(try await bench.balance() == 50)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("A command without a usable key is refused", arguments: [nil, "has space", "é", #""open"#])
  func keyRequired(key: String?) async throws {
    try await WalletBench.run { bench in
      let answer = try await bench.send(
        "/internal/wallet/deposit", as: .admin, key: key, body: #"{"player_id":1,"amount":5,"currency":"EUR"}"#)
      #expect(answer.status == 400)
      #expect(["idempotency_key_required", "idempotency_key_invalid", "invalid_field"].contains(answer.reason))
      #expect(try await bench.balance() == 0)
    }
  }

  @Test(
    "S0-WAL-20 a key that another brand used is counted and logged; enforce refuses it, observe goes on", arguments: ["enforce", "observe"])
  func brandSplit(mode: String) async throws {
    try await WalletBench.run(enforcement: mode == "enforce" ? .enforce : .observe) { bench in
      try await bench.deposit(10, brand: 1, key: "shared")
      let second = try await bench.deposit(10, brand: 2, key: "shared")
      #expect(bench.role.metric("wallet_idempotency_brand_split_total") == 1)
      let lines = bench.role.logs.lines(with: #""event":"idempotency_brand_split""#, #""existing_row_brand":"1""#, #""request_brand":"2""#)
      #expect(lines.count == 1)
      #expect(lines.first?.contains(#""caller_service":"admin""#) == true)
      #expect(second.status == (mode == "enforce" ? 409 : 201))
      #expect(try await bench.balance(brand: 2) == (mode == "enforce" ? 0 : 10))
      #expect(try await bench.balance(brand: 1) == 10)
    }
  }

  @Test("The longest key of a player works, and works once")
  func longestKey() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let key = String(repeating: "k", count: 255)
      for _ in 1...2 {
        let answer = try await bench.send(
          "/v1/wallet/bets", as: .gateway, key: key, body: #"{"amount":10,"currency":"EUR"}"#,
          headers: ["x-player-id": "1", "x-session-id": "0197a000-0000-7000-8000-000000000001"])
        #expect(answer.status == 201)
      }
      #expect(try await bench.balance() == 90)
    }
  }

  @Test("S0-WAL-21 a player's own key is stored under the brand and the player, so that players don't meet")
  func playersDontMeet() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      try await bench.deposit(100, player: 2)
      let bodies = try await [1, 2].asyncMap { player in
        try await bench.send(
          "/v1/wallet/bets", as: .gateway, key: "mine", body: #"{"amount":10,"currency":"EUR"}"#,
          headers: ["x-player-id": "\(player)", "x-session-id": "0197a000-0000-7000-8000-000000000001"])
      }
      #expect(bodies.map(\.status) == [201, 201])
      let keys = try await bench.database.psql("SELECT request_id FROM wallet.wallet_command WHERE request_id LIKE '%:mine' ORDER BY 1")
      #expect(keys.split(separator: "\n") == ["default:p1:mine", "default:p2:mine"])
    }
  }
}

extension Array {
  fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await body(element)) }
    return values
  }
}
