import Evidence
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Audit

// brand-global: test: what a superuser does behind our backs
@Suite("Every ledger is a log")
struct LedgerChainTests {
  @Test(
    "S0-FUP-02 S0-FUP-04 rows are chained as they are written, many in one statement too, and the program finds the hashes that the database gave",
    arguments: AuditedLedger.all)
  func chained(ledger: AuditedLedger) async throws {
    try await LedgerBench.run { bench in
      try await bench.write(ledger.insertion(1...300, brand: 1), brand: 1)
      try await bench.write(ledger.insertion(1...1, brand: 2), brand: 2)
      try await bench.write(ledger.insertion(301...301, brand: 1), brand: 1)
      let counted = try await bench.database.psql(
        "SELECT brand_id, count(*), min(seq), max(seq) FROM \(ledger.table) WHERE brand_id IS NOT NULL GROUP BY 1 ORDER BY 1")
      #expect(counted.hasPrefix("1|301|1|301\n2|1|1|1"))
      let log = try bench.log(ledger.ledger)
      #expect(try await bench.audit(log).refusal == nil)
      #expect(try await bench.sign(log) == 301)
      let result = try await bench.audit(log)
      #expect(result.refusal == nil && result.entries == 301 && result.signed == 301)
    }
  }

  @Test(
    "S0-FUP-03 S4-GUAR-05 a superuser's edit of any column of any row is found and located, before it is signed and after",
    arguments: AuditedLedger.all)
  func edits(ledger: AuditedLedger) async throws {
    try await LedgerBench.run { bench in
      try await bench.write(ledger.insertion(1...270, brand: 1), brand: 1)
      let log = try bench.log(ledger.ledger)
      for isSigned in [false, true] {
        if isSigned { try await bench.sign(log) }
        for (edit, entry) in ledger.edits.flatMap({ edit in [120, 265].map { (edit, $0) } }) {
          try await bench.plant(
            """
            CREATE TABLE saved AS SELECT * FROM \(ledger.table) WHERE brand_id = 1 AND seq = \(entry);
            UPDATE \(ledger.table) SET \(edit) WHERE brand_id = 1 AND seq = \(entry)
            """, in: ledger.table)
          let refusal = try #require(try await bench.audit(log).refusal, "\(edit)")
          // A changed hash, number or brand shows at the entry or at the one that follows it.
          #expect(refusal.detail.contains("entry \(entry)") || refusal.detail.contains("entry \(entry + 1)"), "\(edit): \(refusal)")
          try await bench.plant(
            """
            DELETE FROM \(ledger.table) AS t USING saved AS s
            WHERE t.created_at BETWEEN s.created_at AND s.created_at + interval '1 second' AND t.seq IN (s.seq, s.seq + 1000);
            INSERT INTO \(ledger.table) OVERRIDING SYSTEM VALUE SELECT * FROM saved; DROP TABLE saved
            """, in: ledger.table)
          #expect(try await bench.audit(log).refusal == nil, "\(edit) put back")
        }
      }
    }
  }

  @Test("the acts on the platform, which have no brand, are a log of their own; a brand's acts that the platform wrote are in the brand's")
  func platform() async throws {
    try await LedgerBench.run { bench in
      let audit = AuditedLedger.all[0]
      let before = try await bench.audit(try bench.log(.adminAudit, brand: nil)).entries
      try await bench.write(audit.insertion(1...260, brand: nil) + "; " + audit.insertion(1...3, brand: 2), brand: nil)
      let (own, theirs) = (try bench.log(.adminAudit, brand: nil), try bench.log(.adminAudit, brand: 2))
      #expect(try await bench.sign(own) == before + 260)
      #expect(try await bench.sign(theirs) == 3)
      let export = LogExport(database: bench.app, signer: bench.signer)
      for (log, scope) in [(own, LogScope.platform), (theirs, try #require(LogScope("brand/2")))] {
        let plan = try await export.plan([log], nil)
        var bytes: [UInt8] = []
        try await export.write(plan, to: { bytes += $0 }, progress: { _ in })
        let name = try #require(bench.signer.history.operatorName.keysName)
        let key = try #require(VerifierKey(name: name, kind: .ed25519, publicKey: bench.signer.history.records[0].publicKey))
        let report = try await BundleVerifier(trust: Trust(keys: [key])).verify(ByteArraySource(bytes))
        #expect(report.isVerified && plan.parts[0].source.scope == scope)
      }
      // A changed platform row is found like any other; its tiles are kept.
      try await bench.plant("UPDATE cordon.admin_audit SET reason = 'x' WHERE brand_id IS NULL AND seq = 9", in: "cordon.admin_audit")
      let refusal = try #require(try await bench.audit(own).refusal)
      #expect(refusal.reason == .chainBroken && refusal.detail.contains("entry 9"))
      #expect(try await bench.audit(theirs).refusal == nil)
    }
  }

  @Test("writers at once extend the chain one after another: no gap, no fork; one who gives up leaves none either")
  func together() async throws {
    try await LedgerBench.run { bench in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<8 {
          group.addTask {
            for number in 0..<20 {
              let ends = number.isMultiple(of: 5) ? "ROLLBACK" : "COMMIT"
              try await bench.database.psql(
                """
                BEGIN; SET LOCAL ROLE cordon_app; SELECT set_config('app.brand_id', '1', true);
                INSERT INTO cordon.admin_audit (brand_id, operator_id, action, resource, resource_key)
                VALUES (1, 'ops:\(writer)', 'A', 'brand', '\(number)'); \(ends)
                """)
            }
          }
        }
        try await group.waitForAll()
      }
      let result = try await bench.audit(try bench.log(.adminAudit))
      #expect(result.refusal == nil && result.entries == 128)
    }
  }

  @Test(
    "a row says nothing of its own place: what the writer claims of seq and hashes is overwritten; a row that no log can hold is refused")
  func claims() async throws {
    try await LedgerBench.run { bench in
      try await bench.write(
        """
        INSERT INTO cordon.admin_audit (brand_id, operator_id, action, resource, resource_key, seq, prev_hash, row_hash)
        VALUES (1, 'ops:alice', 'A', 'brand', '1', 77, sha256('x'), sha256('y'))
        """, brand: 1)
      #expect(try await bench.audit(try bench.log(.adminAudit)).refusal == nil)
      await #expect(throws: (any Error).self) {
        try await bench.write(
          """
          INSERT INTO cordon.admin_audit (brand_id, operator_id, action, resource, resource_key, reason)
          VALUES (1, 'ops:alice', 'A', 'brand', '1', repeat('x', 65536))
          """, brand: 1)
      }
      let log = try bench.log(.adminAudit)
      #expect(try await bench.audit(log).entries == 1)
      #expect(try await bench.sign(log) == 1)
    }
  }
}
