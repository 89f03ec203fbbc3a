import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@testable import Wallet

@Suite("Events of wallet commands have the form of their schema")
struct OutboxSchemaTests {
  private static let file =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/docs/formats/events/wallet-command.v1.schema.json"

  @Test("S0-WAL-14 real events of every command fit docs/formats/events/wallet-command.v1.schema.json, in the table and on the stream")
  func everyCommand() async throws {
    let validator = try SchemaValidator(String(contentsOfFile: Self.file, encoding: .utf8))
    try await OutboxBench.run { bench in
      try await Self.playEverything(bench.wallet)
      let before = try await bench.wallet.database.psql(
        "SELECT count(*) > 20, min(created_at) IS NOT NULL FROM wallet.wallet_outbox WHERE brand_id = 1 AND published_at IS NULL")
      #expect(before == "t|t", "S0-WAL-13")
      _ = await bench.worker.publishRound()
      #expect(try await bench.count("published_at IS NULL") == 0)
      var types: Set<String> = []
      for entry in try await bench.stream() {
        let payload = try JSONDocument.parse(Array((entry["payload"] ?? "").utf8))
        #expect(validator.faults(in: payload) == [], "\(entry["payload"] ?? "")")
        #expect(payload["event_type"]?.text == entry["event_type"])
        #expect(payload["brand_code"]?.text == entry["brand_code"])
        types.insert(entry["event_type"] ?? "")
      }
      #expect(types == Set(WalletCommandName.allCases.map { "wallet.\($0.rawValue)" }))
    }
  }

  @Test("the validator finds what an event must not be")
  func planted() throws {
    let validator = try SchemaValidator(String(contentsOfFile: Self.file, encoding: .utf8))
    let sound = """
      {"brand_code":"default","brand_id":1,"currency":"EUR","event_id":"0190a000-0000-7000-8000-000000000001","event_type":"wallet.deposit",
      "occurred_at":"2026-11-25T10:00:00.000000Z","player_id":7,"postings":[{"account":"cash","amount":5,"balance_after":5},
      {"account":"deposits","amount":-5}],"request_id":"k","transaction":{"amount":5,"created_at":"2026-11-25T10:00:00.000000Z",
      "currency":"EUR","kind":"deposit","player_id":7,"state":"approved","transaction_id":"0190a000-0000-7000-8000-000000000002"},"version":1}
      """
    #expect(validator.faults(in: try JSONDocument.parse(Array(sound.utf8))) == [])
    for (part, wrong) in [
      (#""brand_id":1"#, #""brand_id":"1""#), (#""brand_id":1,"#, ""), (#""version":1"#, #""version":2"#), ("wallet.deposit", "wallet.win"),
      (#""amount":-5"#, #""amount":0"#), (#""balance_after":5"#, #""balance_after":-5"#), (#""player_id":7"#, #""player_id":7.5"#),
      ("approved", "settled"), (#""kind":"deposit""#, #""kind":"bet""#), ("10:00:00.000000Z", "10:00:00Z"),
      (#""currency":"EUR""#, #""currency":"euro""#),
      (#""request_id":"k""#, #""request_id":"""#), (#""request_id":"k""#, #""request_id":"k","surprise":1"#),
      (#""account":"deposits""#, #""account":"deposits","more":1"#), (#""postings":["#, #""postings":[7,"#),
    ] {
      #expect(sound.contains(part))
      #expect(validator.faults(in: try JSONDocument.parse(Array(sound.replacing(part, with: wrong).utf8))) != [], "\(wrong)")
    }
    let strange = try SchemaValidator(#"{"type":"object","dependentRequired":{}}"#)
    #expect(strange.faults(in: .object([])) != [])
  }

  /// Each command once, and those with several ends each way.
  private static func playEverything(_ wallet: WalletBench) async throws {
    try await wallet.database.psql(
      """
      BEGIN; SELECT set_config('app.brand_id', '1', true);
      INSERT INTO wallet.wallet_topology (brand_id, version, document, created_by) VALUES (1, 2, '{"buckets":
        [{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false}],"bet_order":["bonus","cash"],
        "deposit_bucket":"cash","win_bucket":"cash","bonus_bucket":"bonus"}', 'test');
      INSERT INTO wallet.wallet_policy (brand_id, version, document, created_by)
        VALUES (1, 2, '{"limits":{},"transfers":[{"from":"cash","to":"bonus"}]}', 'test');
      UPDATE wallet.wallet_topology SET status = 'retired', retired_at = now() WHERE brand_id = 1 AND version = 1;
      UPDATE wallet.wallet_policy SET status = 'retired', retired_at = now() WHERE brand_id = 1 AND version = 1;
      UPDATE wallet.wallet_topology SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = 1 AND version = 2;
      UPDATE wallet.wallet_policy SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = 1 AND version = 2;
      COMMIT;
      """)
    let cash = try #require(Bucket("cash"))
    let bonus = try #require(Bucket("bonus"))
    let begun = try await play(
      [
        .deposit(amount: 1000), .depositRequest(amount: 50), .depositRequest(amount: 60), .withdrawRequest(amount: 100),
        .withdrawRequest(amount: 70), .authorize(amount: 10, provider: "mg", reference: "r1", round: "round \"7\" żółw"),
        .authorize(amount: 20, provider: "mg", reference: "r2", round: nil), .bonusGrant(amount: 40, requirement: 400),
        .bonusGrant(amount: 41, requirement: 0), .bonusGrant(amount: 42, requirement: 1), .rebate(amount: 3), .cashback(amount: 4),
        .lossback(amount: 5), .adjust(amount: -6, bucket: cash), .transfer(amount: 7, from: cash, to: bonus),
        .settle(amount: 25, provider: "mg", reference: "r1"), .rollback(provider: "mg", reference: "r2"),
        .rollback(provider: "mg", reference: "never came"), .authorize(amount: 9, provider: "mg", reference: "r3", round: nil),
        .settle(amount: 0, provider: "mg", reference: "r3"),
      ], wallet)
    _ = try await play(
      [
        .depositApprove(transaction: begun[1]), .depositDecline(transaction: begun[2]), .withdrawApprove(transaction: begun[3]),
        .withdrawDecline(transaction: begun[4]), .withdrawPay(transaction: begun[3]), .bonusConvert(transaction: begun[7]),
        .bonusForfeit(transaction: begun[8]), .rollingComplete(transaction: begun[9]),
      ], wallet)
  }

  /// - Returns: the transactions' ids; empty where there is none.
  private static func play(_ actions: [WalletAction], _ wallet: WalletBench) async throws -> [String] {
    let told = try await wallet.together(actions)
    for (action, answer) in zip(actions, told) { #expect(answer.status < 300, "\(action)") }
    return told.map { $0.transactionID ?? "" }
  }
}
