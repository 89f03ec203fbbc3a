import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Deposits remember the host that they came through")
struct WalletOriginTests {
  @Test("S0-WAL-34 the host is in the row and in the log of the request, and a replay logs nothing")
  func originHost() async throws {
    try await WalletBench.run { bench in
      for _ in 0..<2 {
        let answer = try await request(bench, host: "shop.default.example")
        #expect(answer.status == 201)
      }
      let row = "SELECT origin_host FROM cordon.player_deposit WHERE brand_id = 1"
      #expect(try await bench.database.psql(row) == "shop.default.example")
      let lines = bench.role.logs.lines(with: #""event":"deposit_requested""#, #""origin_host":"shop.default.example""#)
      #expect(lines.count == 1)
      #expect(lines.first?.contains(#""request_id""#) == true)
    }
  }

  @Test("a text that is no host name is not kept")
  func noHostName() async throws {
    try await WalletBench.run { bench in
      let answer = try await request(bench, host: "a b<c>")
      #expect(answer.status == 201)
      #expect(try await bench.database.psql("SELECT origin_host IS NULL FROM cordon.player_deposit WHERE brand_id = 1") == "t")
    }
  }

  @Test("S0-WAL-35 a deposit that came through another brand's host is listed, and only it")
  func mismatched() async throws {
    try await WalletBench.run { bench in
      try await bench.database.psql(
        """
        INSERT INTO cordon.domain_binding (host, kind, brand_id, level_id) VALUES
          ('one.example', 'level', 1, 1), ('two.example', 'level', 2, 1)
        """)
      #expect(try await request(bench, host: "one.example").status == 201)
      let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.database.url])
      let arguments = ["wallet", "deposits", "mismatched", "--brand", "1", "--json"]
      let none = try await cordon.run(arguments)
      #expect(none.status == 0 && none.output == "[]\n", "\(none.messages)")
      let wrong = try await request(bench, host: "two.example", key: "wrong")
      let found = try await cordon.run(arguments)
      #expect(found.status == 3)
      let transaction = try wrong.transactionID
      #expect(found.output.contains(transaction) && found.output.contains(#""host_brand_id":2"#))
      #expect(found.output.split(separator: "transaction_id").count == 2)
      #expect(try await cordon.run("wallet", "deposits", "mismatched", "--brand", "2").status == 0)
    }
  }

  @Test("S0-WAL-36 the time from a command to its commit is measured by brand, replays and refusals left out")
  func writeDelay() async throws {
    try await WalletBench.run { bench in
      for _ in 0..<2 { try await bench.deposit(10, key: "once") }
      #expect(try await bench.bet(100, reference: "too-much").status >= 400)
      #expect(bench.role.metric("wallet_ledger_write_delay_seconds_count", ["brand_code": "default"]) == 1)
      #expect(
        bench.role.metric(
          "wallet_ledger_write_delay_seconds_bucket", ["brand_code": "default", "le": "\(Limits.walletLedgerWriteDelaySecondsMax)"]) == 1)
    }
  }

  private func request(_ bench: WalletBench, host: String, key: String = "announced") async throws -> WalletCall {
    try await bench.send(
      "/v1/wallet/deposits", as: .gateway, key: key, body: #"{"amount":300,"currency":"EUR"}"#,
      headers: ["x-player-id": "1", "x-session-id": "s-1", "x-origin-host": host])
  }
}
