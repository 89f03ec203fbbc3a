import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Many commands in one request")
struct WalletBatchRouteTests {
  private static func results(_ call: WalletCall) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(call.text.utf8)) as? [String: Any]
    return try #require(object?["results"] as? [[String: Any]])
  }

  private static func deposit(_ key: String, _ amount: Int = 5, player: Int = 1) -> String {
    #"{"command":"deposit","idempotency_key":"\#(key)","player_id":\#(player),"amount":\#(amount),"currency":"EUR"}"#
  }

  @Test("each command has its own outcome, in the order of the request")
  func outcomes() async throws {
    try await WalletBench.run { bench in
      let bet = #""player_id":1,"amount":30,"currency":"EUR","provider":"mg","reference":"r""#
      let commands = [
        Self.deposit("a", 100), #"{"command":"authorize","idempotency_key":"b",\#(bet)}"#,
        #"{"command":"settle","idempotency_key":"c",\#(bet.replacing("30", with: "50"))}"#, Self.deposit("a", 100), Self.deposit("a", 7),
        #"{"command":"rollback","idempotency_key":"d","player_id":1,"provider":"mg","reference":"r"}"#,
        #"{"command":"nonsense","idempotency_key":"e"}"#, #"{"command":"deposit","player_id":1,"amount":1,"currency":"EUR"}"#,
        #"{"command":"deposit","idempotency_key":"f","player_id":1,"amount":1,"currency":"EUR","extra":1}"#, "7",
        Self.deposit("g", 1, player: 99),
      ]
      let body = "{\"commands\":[\(commands.joined(separator: ","))]}"
      let call = try await bench.send("/internal/wallet/batch", as: .game, body: body)
      #expect(call.status == 200)
      let results = try Self.results(call)
      #expect(results.map { $0["status"] as? Int } == [201, 201, 200, 201, 422, 409, 400, 400, 400, 400, 404])
      #expect(results.map { $0["replayed"] as? Bool } == [false, false, false, true] + Array(repeating: false, count: 7))
      let reasons = results.map { ($0["body"] as? [String: Any])?["reason"] as? String }
      #expect(
        Array(reasons[4...]) == [
          "idempotency_mismatch", "already_settled", "invalid_field", "idempotency_key_required", "unknown_field", "invalid_field",
          "player_not_found",
        ])
      #expect(results.map { $0["idempotency_key"] as? String } == ["a", "b", "c", "a", "a", "d", "e", nil, "f", nil, "g"])
      #expect(try await bench.balance() == 120)
      // The same request again: what was accepted or refused by the rules is replayed, and nothing happens twice.
      let again = try Self.results(try await bench.send("/internal/wallet/batch", as: .game, body: body))
      #expect(again.prefix(4).allSatisfy { $0["replayed"] as? Bool == true })
      #expect(try await bench.balance() == 120)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("five hundred commands fit, more don't, and a single route keeps its own bound")
  func bounds() async throws {
    try await WalletBench.run { bench in
      func body(_ count: Int) -> String { "{\"commands\":[\((0..<count).map { Self.deposit("key-\($0)") }.joined(separator: ","))]}" }
      let whole = try await bench.send("/internal/wallet/batch", as: .game, body: body(500))
      #expect(try Self.results(whole).allSatisfy { $0["status"] as? Int == 201 })
      #expect(try await bench.balance() == 2_500)
      #expect(try await bench.send("/internal/wallet/batch", as: .game, body: body(501)).reason == "invalid_field")
      #expect(try await bench.send("/internal/wallet/batch", as: .game, body: body(0)).text == "{\"results\":[]}")
      let long = #"{"player_id":1,"amount":1,"currency":"EUR","reason":"\#(String(repeating: "x", count: 70_000))"}"#
      #expect(try await bench.send("/internal/wallet/deposit", as: .admin, key: "long", body: long).status == 413)
      #expect(try await bench.balance() == 2_500)
      try await bench.expectBalancedBooks()
    }
  }
}
