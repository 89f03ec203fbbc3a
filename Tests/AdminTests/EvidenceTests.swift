import Audit
import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("Evidence for operators")
struct EvidenceTests {
  private static func write(_ bench: AdminBench, _ count: Int, brand: String) async throws {
    for number in 1...count {
      let call = try await bench.send("PUT", "/v1/admin/brand-config/some_key", as: .root, brand: brand, body: #"{"value":\#(number)}"#)
      #expect(call.status == 200)
    }
  }

  private static func run(_ body: @escaping @Sendable (AdminBench) async throws -> Void) async throws {
    try await AdminBench.run { bench in
      try await write(bench, 5, brand: "1")
      try await write(bench, 2, brand: "2")
      try await body(bench)
    }
  }

  @Test(
    "S4-EXP-01 S4-EXP-03 S4-EXP-05 the export has rows, head hash and signature, page by page under one checkpoint, the same bytes each time, and never in a cache"
  )
  func export() async throws {
    try await Self.run { bench in
      let signer = try BenchSigner(bench)
      defer { signer.end() }
      let path = "/v1/admin/evidence/admin_audit/entries"
      let unsigned = try await bench.get(path)
      #expect(unsigned.status == 404 && unsigned.reason == "receipt_missing")
      await signer.worker.round()
      let first = try await bench.get(path + "?limit=2")
      #expect(first.status == 200 && first.headers["cache-control"] == "no-store", "\(first.text)")
      #expect(try await bench.get(path + "?limit=2").text == first.text)
      #expect(first.rows.map { $0["number"] as? Int } == [1, 2] && first.integer("tree_size") == 5)
      let note = try #require(first.text("checkpoint"))
      let checkpoint = try SignedCheckpoint(bytes: Array(note.utf8))
      #expect(checkpoint.checkpoint.size == 5 && checkpoint.checkpoint.root.base64 == first.text("root_hash"))
      #expect(try checkpoint.time(signedBy: signer.trust.keys[0].publicKey).seconds > 0)
      // What is signed in between is not of this export.
      try await Self.write(bench, 1, brand: "1")
      await signer.worker.round()
      var rows = first.rows
      var cursor = first.nextCursor
      while let next = cursor {
        let page = try await bench.get(path + "?limit=2&cursor=\(next)")
        #expect(page.status == 200 && page.text("checkpoint") == first.text("checkpoint"))
        rows += page.rows
        cursor = page.nextCursor
      }
      #expect(rows.map { $0["number"] as? Int } == [1, 2, 3, 4, 5])
      #expect(rows.last?["row_hash"] as? String == first.text("head_hash"))
      try Self.expectChained(rows, checkpoint.checkpoint)
      #expect(try await bench.get(path).integer("tree_size") == 6)
      // Another list's cursor, and another brand's.
      let foreign = try #require(first.nextCursor)
      for (other, brand) in [("/v1/admin/evidence/recovery_audit/entries", "1"), (path, "2")] {
        #expect(try await bench.get(other + "?cursor=\(foreign)", as: .root, brand: brand).status == 400)
      }
    }
  }

  /// Each row's bytes have its hash, which the next one names, and together they are the tree that was signed.
  private static func expectChained(_ rows: [[String: Any]], _ checkpoint: Checkpoint) throws {
    var previous = LedgerHash.genesis
    var leaves: [MerkleHash] = []
    for row in rows {
      let spelled = try #require(row["entry"] as? String)
      let bytes = try #require(Base64.decode(spelled))
      #expect(row["prev_hash"] as? String == Hexadecimal.encode(previous.bytes))
      previous = LedgerHash.digest(of: bytes)
      #expect(row["row_hash"] as? String == Hexadecimal.encode(previous.bytes))
      #expect((row["columns"] as? [String: Any])?["operator_id"] as? String == TestOperator.root.id)
      leaves.append(MerkleTree.leafHash(of: bytes))
    }
    #expect(MerkleTree.root(of: leaves) == checkpoint.root)
  }

  @Test(
    "S4-EXP-03 receipts and checkpoints of every ledger are of the operator's brand: another brand's entry is answered as an absent one, another brand's context is refused, and strangers verify what is given"
  )
  func receipts() async throws {
    try await Self.run { bench in
      let signer = try BenchSigner(bench)
      defer { signer.end() }
      for brand in [1, 2] {
        try await bench.database.psql(
          // brand-global: test: rows of both brands
          """
          INSERT INTO cordon.recovery_audit (brand_id, surface, action, outcome) VALUES (\(brand), 'player', 'RESET', 'success');
          INSERT INTO cordon.player_balance_log (brand_id, player_id, change_type, currency, amount, balance_before, balance_after)
            VALUES (\(brand), 1, 'deposit', 'EUR', 5, 0, 5);
          """)
      }
      await signer.worker.round()
      for ledger in ["admin_audit", "player_balance_log", "recovery_audit"] {
        for (brand, caller) in [("1", TestOperator.one), ("2", .two)] {
          let base = "/v1/admin/evidence/\(ledger)"
          let receipt = try await bench.get(base + "/receipts/1", as: caller, brand: brand)
          #expect(receipt.status == 200 && receipt.headers["cache-control"] == "no-store", "\(ledger) \(receipt.text)")
          let report = ReceiptVerifier(trust: signer.trust).verify(Array(receipt.text.utf8))
          #expect(report.isVerified && report.receipt?.identity.scope.description == "brand/\(brand)")
          let checkpoint = try await bench.get(base + "/checkpoint", as: caller, brand: brand)
          #expect(checkpoint.status == 200 && checkpoint.headers["cache-control"] == "no-store")
          #expect(checkpoint.text.hasPrefix("test.example/brand/\(brand)/\(ledger)\n"))
        }
      }
      // The first brand has five, the second two.
      let foreign = try await bench.get("/v1/admin/evidence/admin_audit/receipts/4", as: .two, brand: "2")
      let absent = try await bench.get("/v1/admin/evidence/admin_audit/receipts/400", as: .two, brand: "2")
      #expect(foreign.status == 404 && foreign.reason == "receipt_missing")
      #expect((foreign.status, foreign.reason) == (absent.status, absent.reason))
      for path in ["entries", "checkpoint", "receipts/1"] {
        let crossing = try await bench.get("/v1/admin/evidence/admin_audit/\(path)", as: .one, brand: "2")
        #expect(crossing.status == 403, "\(path)")
        #expect(try await bench.get("/v1/admin/evidence/admin_audit/\(path)", as: .one, brand: nil).reason == "brand_required")
        #expect(try await bench.get("/v1/admin/evidence/nothing/\(path)").status == 404)
      }
    }
  }
}
