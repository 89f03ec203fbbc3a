import Foundation
import Kernel
import TestSupport
import Testing

@testable import Wallet

@Suite("No wallet command touches another brand's row")
struct WalletIsolationTests {
  /// A command aimed at a row of the first brand: its path and its body.
  struct Attack: Sendable, CustomStringConvertible {
    let path: String
    let body: String
    var description: String { path }
  }

  /// Player 2 exists under the first brand only.
  static let attacks: [Attack] = [
    Attack(path: "deposit", body: #"{"player_id":2,"amount":5,"currency":"USD"}"#),
    Attack(path: "withdraw-request", body: #"{"player_id":2,"amount":5,"currency":"USD"}"#),
    Attack(path: "authorize", body: #"{"player_id":2,"amount":5,"currency":"USD","provider":"mg","reference":"z"}"#),
    Attack(path: "settle", body: #"{"player_id":2,"amount":5,"currency":"USD","provider":"mg","reference":"open"}"#),
    Attack(path: "rollback", body: #"{"player_id":2,"provider":"mg","reference":"open"}"#),
    Attack(path: "adjust", body: #"{"player_id":2,"bucket":"cash","amount":5,"currency":"USD","reason":"x"}"#),
    Attack(path: "deposit-approve", body: #"{"player_id":1,"transaction_id":"DEPOSIT"}"#),
    Attack(path: "deposit-decline", body: #"{"player_id":1,"transaction_id":"DEPOSIT"}"#),
    Attack(path: "withdraw-approve", body: #"{"player_id":1,"transaction_id":"WITHDRAWAL"}"#),
    Attack(path: "withdraw-decline", body: #"{"player_id":1,"transaction_id":"WITHDRAWAL"}"#),
    Attack(path: "withdraw-pay", body: #"{"player_id":1,"transaction_id":"WITHDRAWAL"}"#),
    Attack(path: "bonus-grant", body: #"{"player_id":2,"amount":5,"currency":"USD","requirement":50}"#),
    Attack(path: "bonus-convert", body: #"{"player_id":1,"transaction_id":"BONUS"}"#),
    Attack(path: "bonus-forfeit", body: #"{"player_id":1,"transaction_id":"BONUS"}"#),
    Attack(path: "rolling-complete", body: #"{"player_id":1,"transaction_id":"BONUS"}"#),
    Attack(path: "rebate", body: #"{"player_id":2,"amount":5,"currency":"USD"}"#),
    Attack(path: "cashback", body: #"{"player_id":2,"amount":5,"currency":"USD"}"#),
    Attack(path: "lossback", body: #"{"player_id":2,"amount":5,"currency":"USD"}"#),
    Attack(path: "transfer", body: #"{"player_id":2,"amount":5,"currency":"USD","from":"cash","to":"bonus"}"#),
  ]

  /// Rows of the first brand for the attacks to aim at. - Returns: puts their ids into an attack's body.
  private func targets(at bench: WalletBench) async throws -> (Attack) -> String {
    try await bench.deposit(1_000, player: 2)
    try await bench.deposit(1_000, player: 1)
    try await bench.bet(100, reference: "open", player: 2)
    let withdrawal = try await bench.send(
      "/internal/wallet/withdraw-request", as: .gateway, key: "held", body: #"{"player_id":1,"amount":200,"currency":"EUR"}"#
    ).transactionID
    let deposit = try await bench.send(
      "/v1/wallet/deposits", as: .gateway, key: "announced", body: #"{"amount":300,"currency":"EUR"}"#,
      headers: ["x-player-id": "1", "x-session-id": "0197a000-0000-7000-8000-000000000001"]
    ).transactionID
    let bonus = try await bench.command("bonus-grant", #""amount":50,"currency":"EUR","requirement":0"#).transactionID
    return { attack in
      attack.body.replacing("BONUS", with: bonus).replacing("WITHDRAWAL", with: withdrawal).replacing("DEPOSIT", with: deposit)
    }
  }

  @Test("S0-WAL-01 S0-WAL-02 S0-WAL-04 S0-PEN-03 enforce refuses, counts and logs each command on a foreign row")
  func enforce() async throws {
    try await WalletBench.run { bench in
      let aim = try await targets(at: bench)
      let before = try await bench.books(of: 1) + bench.books(of: 2)
      var recorded = 0
      for attack in Self.attacks {
        let answer = try await bench.send(
          "/internal/wallet/\(attack.path)", as: .recon, brand: "2", key: "attack-\(attack)", body: aim(attack))
        #expect(answer.status == 403, "\(attack)")
        #expect(answer.reason == "cross_brand_rejected", "\(attack)")
        #expect(try await bench.books(of: 1) + bench.books(of: 2) == before, "\(attack)")
        recorded = try await expectNoticed(attack, bench, after: recorded)
      }
    }
  }

  /// - Returns: how many detections are recorded so far.
  private func expectNoticed(_ attack: Attack, _ bench: WalletBench, after recorded: Int) async throws -> Int {
    let command = attack.path.replacing("-", with: "_")
    #expect(bench.role.metric("wallet_cross_brand_rejected_total", ["command": command, "mode": "enforce"]) == 1, "\(attack)")
    let lines = bench.role.logs.lines(with: #""event":"cross_brand_rejected""#).filter { $0.contains(#""command":"\#(command)""#) }
    #expect(lines.count == 1, "\(attack)")
    for part in [#""caller_service":"recon""#, #""request_brand":"2""#, #""target_row_brand":"1""#, #""request_id""#] {
      #expect(lines.first?.contains(part) == true, "\(attack)")
    }
    let records = try await bench.database.psql(
      "SELECT count(*) FROM security.cross_brand_detection WHERE brand_id = 2 AND found_brand_id = 1")
    let now = try #require(Int(records))
    #expect(now > recorded, "\(attack)")
    return now
  }

  @Test("S0-WAL-01 every command of another role has its cross-brand case")
  func everyCommandIsAttacked() {
    let attacked = Set(Self.attacks.map { $0.path.replacingOccurrences(of: "-", with: "_") })
    // Only the player's own route asks for a deposit, and its player is the session's.
    #expect(attacked == Set(WalletCommandName.allCases.map(\.rawValue)).subtracting(["deposit_request"]))
  }

  @Test("S0-PEN-03 in observe the mismatch is counted, and the command goes on in its own brand, where the row does not exist")
  func observe() async throws {
    try await WalletBench.run(enforcement: .observe) { bench in
      let aim = try await targets(at: bench)
      let before = try await bench.books(of: 1)
      for attack in Self.attacks {
        let answer = try await bench.send(
          "/internal/wallet/\(attack.path)", as: .recon, brand: "2", key: "attack-\(attack)", body: aim(attack))
        #expect(answer.reason != "cross_brand_rejected", "\(attack)")
        #expect(answer.status < 500, "\(attack)")
        #expect(try await bench.books(of: 1) == before, "\(attack)")
        let command = attack.path.replacing("-", with: "_")
        #expect(bench.role.metric("wallet_cross_brand_rejected_total", ["command": command, "mode": "observe"]) == 1, "\(attack)")
        #expect(try await bench.balance(player: 2, brand: 2) == 0, "\(attack)")
      }
    }
  }

  @Test("S0-WAL-05 the token decides who the caller is; a header that says otherwise is refused")
  func callerFromToken() async throws {
    try await WalletBench.run { bench in
      let answer = try await bench.send(
        "/internal/wallet/deposit", as: .recon, key: "k", body: #"{"player_id":1,"amount":5,"currency":"EUR"}"#,
        headers: ["x-caller-service": "admin"])
      #expect(answer.status == 403)
      #expect(answer.reason == "caller_mismatch")
      #expect(try await bench.balance() == 0)
    }
  }

  static let queries = [
    "players/1/balances", "players/1/transactions", "players/1/ledger", "transactions/0197a000-0000-7000-8000-000000000001",
    "bets?provider=mg&reference=r", "transactions", "deposits?state=pending", "withdrawals", "adjustments", "ledger", "topology", "policy",
    "trial-balance", "commands?request_id=k",
  ]

  @Test(
    "S0-WAL-22 S0-RES-12 every query refuses without a brand, in both modes, and names its route",
    arguments: [
      EnforcementMode.enforce, .observe,
    ])
  func queryWithoutBrand(mode: EnforcementMode) async throws {
    try await WalletBench.run(enforcement: mode) { bench in
      try await bench.deposit(7_654_321)
      for (index, path) in Self.queries.enumerated() {
        let answer = try await bench.get("/internal/wallet/\(path)", brand: nil)
        #expect(answer.status == 400, "\(path)")
        #expect(["missing_header", "brand_required"].contains(answer.reason), "\(path)")
        #expect(answer.detail?.hasPrefix("Brand context required for /internal/wallet/") == true, "\(path)")
        #expect(!answer.text.contains("7654321"), "\(path)")
        if mode == .enforce { #expect(answer.reason == "missing_header", "\(path)") }
        let counted = bench.role.metric("brand_resolution_failed_total", ["reason": "missing_header", "service": "wallet_service"])
        #expect(counted == Double(index + 1), "\(path)")
        let lines = bench.role.logs.lines(with: #""message":"internal call without brand""#)
        #expect(lines.count == index + 1, "\(path)")
        for part in [#""caller_service":"game""#, #""route":"/internal/wallet/"#, #""request_id":""#] {
          #expect(lines.last?.contains(part) == true, "\(part) in \(lines)")
        }
      }
    }
  }

  @Test("S0-RES-13 S0-HARD-18 S0-HARD-42 a brand header that is no brand counts as missing")
  func badBrand() async throws {
    try await WalletBench.run { bench in
      for value in ["0", "-1", "abc", "1,2", ""] {
        let answer = try await bench.send(
          "/internal/wallet/deposit", as: .admin, brand: value, key: "k", body: #"{"player_id":1,"amount":5,"currency":"EUR"}"#)
        #expect(answer.status == 400, "\(value)")
        #expect(answer.reason == "missing_header", "\(value)")
      }
      #expect(try await bench.balance() == 0)
    }
  }

  @Test("Pages follow one another without gaps, and a cursor is good for its own list alone")
  func pages() async throws {
    try await WalletBench.run { bench in
      for index in 1...7 { try await bench.deposit(index, key: "d\(index)") }
      var seen: [Int] = []
      var cursor: String?
      repeat {
        let page = try await bench.get("/internal/wallet/transactions?limit=3" + (cursor.map { "&cursor=\($0)" } ?? ""))
        seen += page.rows("data").compactMap { $0["amount"] as? Int }
        cursor = page.text("next_cursor")
      } while cursor != nil
      #expect(seen == [7, 6, 5, 4, 3, 2, 1])
      let foreign = try #require(try await bench.get("/internal/wallet/transactions?limit=3").text("next_cursor"))
      let other = try await bench.get("/internal/wallet/transactions?limit=3&cursor=\(foreign)", brand: "2")
      #expect(other.status == 400)
    }
  }
}
