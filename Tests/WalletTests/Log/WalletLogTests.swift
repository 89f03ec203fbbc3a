import Evidence
import Foundation
import Kernel
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Audit
@testable import Wallet

// brand-global: test: what a superuser does behind our backs
@Suite("The signed log of a brand's ledger")
struct WalletLogTests {
  private static func trust(_ bench: LogBench) throws -> Trust {
    let name = try #require(bench.signer.history.operatorName.keysName)
    let key = try #require(VerifierKey(name: name, kind: .ed25519, publicKey: bench.signer.history.records[0].publicKey))
    return Trust(keys: [key])
  }

  @Test(
    "each entry has a receipt that holds without us, also behind full tiles; what isn't signed, and what another brand has, is absent (S4-EXP-03)"
  )
  func receipts() async throws {
    try await LogBench.run { bench in
      #expect(try await bench.wallet.get("/internal/wallet/log/receipts/1").status == 404)
      // 1,040 entries: four full tiles, and a part of a fifth.
      try await bench.play(520)
      try await bench.wallet.deposit(7, brand: 2)
      #expect(try await bench.sign()?.size == 1040)
      #expect(try await bench.sign(brand: 2)?.size == 2)
      let verifier = ReceiptVerifier(trust: try Self.trust(bench))
      for seq in [1, 2, 255, 256, 257, 512, 1024, 1025, 1039, 1040] {
        let call = try await bench.wallet.get("/internal/wallet/log/receipts/\(seq)")
        #expect(call.status == 200)
        #expect(call.headers["cache-control"] == "no-store")
        let report = verifier.verify(Array(call.text.utf8))
        #expect(report.findings.isEmpty, "\(seq): \(report.findings)")
      }
      let other = try await bench.wallet.get("/internal/wallet/log/receipts/3", brand: "2")
      let absent = try await bench.wallet.get("/internal/wallet/log/receipts/99999", brand: "2")
      #expect(other.status == 404 && absent.status == 404)
      let checkpoint = try await bench.wallet.get("/internal/wallet/log/checkpoint")
      #expect(try SignedCheckpoint(bytes: Array(checkpoint.text.utf8)).checkpoint.size == 1040)
      // A later checkpoint proves the old entries too.
      try await bench.play(3)
      #expect(try await bench.wallet.get("/internal/wallet/log/receipts/1041").status == 404)
      #expect(try await bench.sign()?.size == 1046)
      let again = try await bench.wallet.get("/internal/wallet/log/receipts/256")
      #expect(verifier.verify(Array(again.text.utf8)).findings.isEmpty)
      #expect(try await bench.sizes() == "1040,1046")
      #expect(try await bench.audit().refusal == nil)
    }
  }

  @Test(
    "a process that dies while it signs leaves no gap and no fork: the next one publishes what was remembered, or something larger",
    arguments: LogStep.allCases)
  func dying(at step: LogStep) async throws {
    try await LogBench.run { bench in
      try await bench.play(5)
      try await bench.sign()
      try await bench.play(5)
      await #expect(throws: LogBench.Death.self) { try await bench.sign(dyingAt: step) }
      #expect(try await bench.sizes() == "10")
      let remembered = try await LogMemory(directory: bench.directory).last(
        of: try #require(bench.signer.log(.walletLedger, of: .brand(try bench.id(1)))))
      try await bench.sign()
      #expect(try await bench.sizes() == "10,20")
      if step != .signed {
        let note = try await bench.wallet.get("/internal/wallet/log/checkpoint").text
        #expect(remembered.map { String(decoding: $0, as: UTF8.self) } == note)
      }
      #expect(try await bench.audit().refusal == nil)
    }
  }

  @Test("a database that was set back is refused, and goes on being refused when it has grown again")
  func restored() async throws {
    try await LogBench.run { bench in
      try await bench.play(5)
      try await bench.sign()
      let head = try await bench.wallet.database.psql(
        "SELECT seq || ', ''' || row_hash || '''' FROM wallet.wallet_chain WHERE brand_id = 1")
      try await bench.play(5)
      try await bench.sign()
      // The state of five commands ago: entries, head and checkpoint.
      try await bench.plant(
        """
        DELETE FROM wallet.wallet_ledger WHERE brand_id = 1 AND seq > 10; DELETE FROM evidence.log_checkpoint WHERE brand_id = 1 AND tree_size > 10;
        UPDATE wallet.wallet_chain SET (seq, row_hash) = (\(head)) WHERE brand_id = 1
        """)
      #expect(try await bench.refusal()?.reason == .behindPublished)
      try await bench.play(7)
      #expect(try await bench.refusal()?.reason == .contradictsPublished)
      #expect(try await bench.sizes() == "10")
    }
  }

  @Test("a superuser's edit of any column of a signed entry is found and located")
  func edits() async throws {
    try await LogBench.run { bench in
      try await bench.play(140)
      try await bench.sign()
      let edits = [
        "prev_hash = sha256('x')", "row_hash = sha256('x')", "request_id = 'x'", "command = 'adjust'",
        "transaction_id = gen_random_uuid()", "player_id = 2", "account = 'bonus'", "currency = 'USD'", "amount = amount + 1",
        "balance_after = 77", "created_at = created_at + interval '1 second'",
      ]
      for (place, isInTile) in [(100, true), (270, false)] {
        let entry = try #require(
          Int(
            try await bench.wallet.database.psql(
              "SELECT min(seq) FROM wallet.wallet_ledger WHERE brand_id = 1 AND seq > \(place) AND player_id = 1")))
        for edit in edits {
          try await bench.plant(
            "CREATE TABLE saved AS SELECT * FROM wallet.wallet_ledger WHERE brand_id = 1 AND seq = \(entry); UPDATE wallet.wallet_ledger SET \(edit) WHERE brand_id = 1 AND seq = \(entry)"
          )
          let refusal = try #require(try await bench.audit().refusal, "\(edit)")
          // A changed hash shows at the entry, or at the one that follows it.
          #expect(refusal.detail.contains("entry \(entry)") || refusal.detail.contains("entry \(entry + 1)"), "\(edit): \(refusal)")
          // What stands behind the last full tile is read again before anything is signed on top of it.
          if !isInTile { #expect(try await bench.refusal() != nil, "\(edit)") }
          try await bench.plant(
            "DELETE FROM wallet.wallet_ledger WHERE brand_id = 1 AND seq = \(entry); INSERT INTO wallet.wallet_ledger SELECT * FROM saved; DROP TABLE saved"
          )
          #expect(try await bench.audit().refusal == nil)
        }
      }
      #expect(try await bench.refusal() == nil)
    }
  }

  @Test("a history that was rewritten whole, chain and all, contradicts what was signed")
  func rewritten() async throws {
    try await LogBench.run { bench in
      try await bench.play(3)
      try await bench.sign()
      // Another time of the last entry, and its hash to fit.
      try await bench.plant(
        """
        UPDATE wallet.wallet_ledger SET created_at = created_at + interval '1 second' WHERE brand_id = 1 AND seq = 6;
        UPDATE wallet.wallet_ledger AS l SET row_hash = wallet.ledger_entry_hash(l.brand_id, l.seq, l.prev_hash, l.request_id, l.command,
          l.transaction_id, l.player_id, l.account, l.currency::text, l.amount, l.balance_after, l.created_at) WHERE brand_id = 1 AND seq = 6
        """)
      #expect(try await bench.refusal()?.reason == .contradictsPublished)
      #expect(try await bench.audit().refusal?.reason == .contradictsPublished)
    }
  }

  @Test(
    "a bundle of any range verifies, is the same file each time, and one changed byte is refused",
    arguments: [1...524, 1...1, 250...300, 512...524])
  func bundles(range: ClosedRange<Int>) async throws {
    try await LogBench.run { bench in
      try await bench.play(262)
      try await bench.sign()
      let export = LogExport(database: bench.wallet.app, signer: bench.signer)
      func bundle() async throws -> [UInt8] {
        let plan = try await export.plan([try bench.log(1)], Int64(range.lowerBound)...Int64(range.upperBound))
        var bytes: [UInt8] = []
        try await export.write(plan, to: { bytes += $0 }, progress: { _ in })
        return bytes
      }
      let bytes = try await bundle()
      #expect(try await bundle() == bytes)
      let trust = try Self.trust(bench)
      #expect(try await BundleVerifier(trust: trust).verify(ByteArraySource(bytes)).findings == [])
      for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 97)) {
        var changed = bytes
        changed[place] ^= 1
        #expect(try await BundleVerifier(trust: trust).verify(ByteArraySource(changed)).findings != [], "byte \(place)")
      }
    }
  }

  @Test("a folder that was lost learns again what was published, also while there is nothing to sign")
  func lostMemory() async throws {
    try await LogBench.run { bench in
      try await bench.play(3)
      try await bench.sign()
      let memory = LogMemory(directory: bench.directory)
      let log = try #require(bench.signer.log(.walletLedger, of: .brand(try bench.id(1))))
      let before = try await memory.last(of: log)
      for file in try FileManager.default.contentsOfDirectory(atPath: bench.directory) {
        try FileManager.default.removeItem(atPath: bench.directory + "/" + file)
      }
      #expect(try await memory.last(of: log) == nil)
      try await bench.sign()
      #expect(try await memory.last(of: log) == before && before != nil)
    }
  }

  @Test("a log that was never signed since the worker began grows old and says why, in the metrics and to /health")
  func neverSigned() async throws {
    try await LogBench.run { bench in
      try await bench.play(1)
      let registry = MetricsRegistry()
      let worker = LogWorker(
        database: bench.wallet.app,
        logs: LogCatalog(brands: BrandCatalog(database: bench.wallet.app), sources: [WalletLedgerSource()]), signer: bench.signer,
        memory: LogMemory(directory: bench.directory + "/missing"), registry: registry, logger: bench.wallet.role.context.logger)
      await worker.round()
      let page = registry.exposition(.prometheus)
      #expect(page.contains(#"evidence_log_refused{brand_code="default",ledger="wallet_ledger",reason="memory_unusable"} 1"#), "\(page)")
      #expect(page.contains(#"evidence_log_signed_age_seconds{brand_code="default",ledger="wallet_ledger"}"#), "\(page)")
      #expect(worker.warnings.contains { $0.contains("default") && $0.contains("memory_unusable") })
    }
  }

  @Test("a log at rest is signed as soon as it grows; what was changed in its tail is found when its rest is over, some ten seconds later")
  func resting() async throws {
    try await LogBench.run { bench in
      let start = WallClock.system.now()
      let seconds = Mutex<Int64>(0)
      let worker = LogWorker(
        database: bench.wallet.app,
        logs: LogCatalog(brands: BrandCatalog(database: bench.wallet.app), sources: [WalletLedgerSource()]), signer: bench.signer,
        memory: LogMemory(directory: bench.directory), registry: MetricsRegistry(), logger: bench.wallet.role.context.logger,
        clock: WallClock { start.advanced(bySeconds: seconds.withLock { $0 }) })
      func round(at second: Int64) async -> [String] {
        seconds.withLock { $0 = second }
        await worker.round()
        return worker.warnings
      }
      try await bench.play(3)
      #expect(await round(at: 0) == [])
      try await bench.play(2)
      #expect(await round(at: 1) == [])
      #expect(try await bench.sizes() == "6,10")
      try await bench.plant("UPDATE wallet.wallet_ledger SET amount = amount + 1 WHERE brand_id = 1 AND seq = 9")
      // Nothing was added, so nobody looks.
      #expect(await round(at: 5) == [])
      let found = await round(at: 12)
      #expect(found.count == 1 && found.first?.contains("entry 9") == true, "\(found)")
      #expect(await round(at: 13) == found, "what is refused doesn't rest")
      #expect(try await bench.sizes() == "6,10")
    }
  }

  @Test("a note that was exchanged beside its row, or beside what is remembered, is found")
  func altered() async throws {
    try await LogBench.run { bench in
      try await bench.play(3)
      try await bench.sign()
      try await bench.play(3)
      try await bench.sign()
      try await bench.plant(
        "UPDATE evidence.log_checkpoint AS c SET note = o.note FROM evidence.log_checkpoint AS o WHERE c.brand_id = 1 AND c.tree_size = 12 AND o.brand_id = 1 AND o.tree_size = 6"
      )
      #expect(try await bench.refusal()?.reason == .checkpointAltered)
      #expect(try await bench.audit().refusal?.reason == .checkpointAltered)
    }
  }

  @Test("two processes at once: one signs, the other leaves it alone, and nobody publishes behind another")
  func twins() async throws {
    try await LogBench.run { bench in
      try await bench.play(20)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<6 { group.addTask { try await bench.sign() } }
        try await group.waitForAll()
      }
      #expect(try await bench.sizes() == "40")
      // One that lost its lock without knowing.
      let behind = try? await bench.wallet.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '1', true);
        INSERT INTO evidence.log_checkpoint (brand_id, ledger, tree_size, root_hash, note, signed_at) VALUES (1, 'wallet_ledger', 30, sha256('x'), 'x', now());
        COMMIT;
        """)
      #expect(behind == nil)
    }
  }
}
