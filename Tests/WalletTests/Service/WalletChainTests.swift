import Evidence
import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Wallet

@Suite("The ledger is a chain of each brand")
struct WalletChainTests {
  private static let wrongHashes = """
    SELECT count(*) FROM wallet.wallet_ledger AS l
    WHERE l.row_hash <> wallet.ledger_entry_hash(l.brand_id, l.seq, l.prev_hash, l.request_id, l.command, l.transaction_id, l.player_id,
      l.account, l.currency, l.amount, l.balance_after, l.created_at)
    """

  @Test("S0-WAL-06 the program's hashes are those that the database computes, and each brand's entries are numbered without a gap")
  func hashes() async throws {
    try await WalletBench.run { bench in
      for brand in [1, 2] {
        try await bench.deposit(100, brand: brand)
        try await bench.bet(30, reference: "bet-\(brand)", brand: brand)
        try await bench.settle(75, reference: "bet-\(brand)", brand: brand)
      }
      #expect(try await bench.database.psql(Self.wrongHashes) == "0")
      let chain = """
        SELECT l.brand_id, count(*), max(l.seq), bool_and(l.prev_hash = coalesce(before.row_hash, decode(repeat('00', 32), 'hex')))
        FROM wallet.wallet_ledger AS l
        LEFT JOIN wallet.wallet_ledger AS before ON before.brand_id = l.brand_id AND before.seq = l.seq - 1
        GROUP BY l.brand_id ORDER BY 1
        """
      let found = try await bench.database.psql(chain)
      #expect(found == "1|6|6|t\n2|6|6|t")
      let heads = """
        SELECT count(*) FROM wallet.wallet_chain AS c JOIN wallet.wallet_ledger AS l USING (brand_id, seq) WHERE l.row_hash = c.row_hash
        """
      #expect(try await bench.database.psql(heads) == "2")
    }
  }

  @Test("every column is covered: whichever one is changed, the hash doesn't fit any more")
  func everyColumn() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(100)
      let columns = try await bench.database.psql(
        """
        SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns
        WHERE table_schema = 'wallet' AND table_name = 'wallet_ledger'
        """
      ).split(separator: ",").map(String.init)
      let changes = [
        "brand_id": "brand_id + 1", "seq": "seq + 100", "request_id": "request_id || 'x'", "command": "'adjust'",
        "transaction_id": "gen_random_uuid()", "player_id": "player_id + 1", "account": "account || 'x'", "currency": "'USD'",
        "amount": "amount + 1", "balance_after": "balance_after + 1", "created_at": "created_at + interval '1 microsecond'",
        "prev_hash": "sha256('x')", "row_hash": "sha256('x')",
      ]
      #expect(Set(columns) == Set(changes.keys))
      for (column, value) in changes.sorted(by: { $0.key < $1.key }) {
        // brand-global: test: somebody falsifies a column, and it is rolled back
        let found = try await bench.database.psql(
          """
          BEGIN; ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER ALL;
          UPDATE wallet.wallet_ledger SET \(column) = \(value) WHERE player_id IS NOT NULL; \(Self.wrongHashes); ROLLBACK;
          """)
        #expect(found == "1", "\(column)")
      }
    }
  }
}
