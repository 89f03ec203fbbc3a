import Evidence
import Kernel
import Logging
import Platform
import Postgres
import TestSupport
import Testing

@testable import Audit

// brand-global: test: looks behind the recorder
@Suite("The recorder of system events")
struct SystemEventRecorderTests {
  private static func refused(_ id: String, brand: Int64?, reason: ProblemReason = .forbidden, caller: CallerLabel? = nil) -> RefusedRequest
  {
    RefusedRequest(
      reason: reason, status: reason.status, requestID: id, traceID: "t", method: "GET", route: "/v1/things/{id}",
      identity: RequestIdentity(caller: caller, brand: brand.flatMap { BrandID($0) }), at: WallClock.system.now())
  }

  private static func recorder(_ bench: LedgerBench, _ registry: MetricsRegistry, at database: Database? = nil) -> SystemEventRecorder {
    SystemEventRecorder(
      database: database ?? bench.app, brands: BrandCatalog(database: database ?? bench.app), service: "wallet_service", registry: registry,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private static func metric(_ registry: MetricsRegistry, _ series: String) -> String? {
    registry.exposition(.prometheus).split(separator: "\n").first { $0.hasPrefix(series + " ") }?.split(separator: " ").last.map(
      String.init)
  }

  @Test(
    "S4-INC-11 a storm of denials of one brand leaves another brand's whole; what had no room is counted in the metrics and in the ledger, which is a log"
  )
  func storm() async throws {
    try await LedgerBench.run { bench in
      let registry = MetricsRegistry()
      let recorder = Self.recorder(bench, registry)
      // The catalogue is known from the first round on, so that the metric can name brands.
      recorder.record(Self.refused("first", brand: 3))
      #expect(await recorder.round())
      for number in 1...2000 { recorder.record(Self.refused("a-\(number)", brand: 1, reason: .rateLimited)) }
      for number in 1...20 { recorder.record(Self.refused("b-\(number)", brand: 2)) }
      await recorder.finish()
      let rows = try await bench.database.psql(
        "SELECT brand_id, kind, count(*), sum(occurrences) FROM cordon.system_event GROUP BY 1, 2 ORDER BY 1, 2")
      #expect(rows == "1|denial|500|500\n1|overflow|1|1500\n2|denial|20|20\n3|denial|1|1")
      #expect(Self.metric(registry, #"system_event_dropped_total{reason="queue_full"}"#) == "1500")
      #expect(Self.metric(registry, #"system_event_total{brand_code="default",kind="denial",reason="rate_limited"}"#) == "2000")
      #expect(Self.metric(registry, #"system_event_total{brand_code="brand2",kind="denial",reason="forbidden"}"#) == "20")
      let log = try bench.log(.systemEvent)
      #expect(try await bench.sign(log) == 501)
      #expect(try await bench.audit(log).refusal == nil)
    }
  }

  @Test("an event of a brand that isn't one is the platform's, and says what was claimed; one that no row can hold keeps no other out")
  func claims() async throws {
    try await LedgerBench.run { bench in
      let registry = MetricsRegistry()
      let recorder = Self.recorder(bench, registry)
      recorder.record(Self.refused("nobody", brand: 999, caller: .gateway))
      recorder.record(Self.refused("", brand: 1))
      recorder.record(Self.refused("fine", brand: 1))
      recorder.record(Self.refused("no event", brand: 1, reason: .invalidField))
      #expect(await recorder.round())
      let rows = try await bench.database.psql(
        "SELECT brand_id, request_id, caller, detail, route FROM cordon.system_event ORDER BY brand_id NULLS FIRST")
      #expect(rows == #"|nobody|gateway|{"claimed_brand_id": 999}|/v1/things/{id}"# + "\n1|fine|||/v1/things/{id}")
      #expect(Self.metric(registry, #"system_event_dropped_total{reason="refused"}"#) == "1")
    }
  }

  @Test("writing an event twice, after an answer that was lost, is one row")
  func twice() async throws {
    try await LedgerBench.run { bench in
      let event = SystemEvent(.export, requestID: "r-1", service: "cordon", at: WallClock.system.now())
      let brand = try #require(BrandID(1))
      for _ in 1...2 { try await bench.app.withBrand(brand) { try await SystemEvents.append([event], in: $0) } }
      #expect(try await bench.database.psql("SELECT count(*), max(seq) FROM cordon.system_event") == "1|1")
    }
  }

  @Test("without a database they wait, the rest is counted, and the end doesn't wait for it for ever")
  func unreachable() async throws {
    try await LedgerBench.run { bench in
      let registry = MetricsRegistry()
      let nowhere = Database(
        try DatabaseConfiguration(url: "postgresql://cordon_app:x@127.0.0.1:1/cordon", poolSizeMax: 1),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let recorder = Self.recorder(bench, registry, at: nowhere)
      let started = ContinuousClock.now
      for number in 1...600 { recorder.record(Self.refused("r-\(number)", brand: 1)) }
      #expect(ContinuousClock.now - started < .seconds(5), "whoever answers requests doesn't wait")
      await recorder.finish()
      #expect(Self.metric(registry, #"system_event_dropped_total{reason="queue_full"}"#) == "100")
      #expect(Self.metric(registry, #"system_event_dropped_total{reason="shutdown"}"#) == "500")
      #expect(Self.metric(registry, "system_event_write_failed_total").flatMap { Int($0) } ?? 0 > 0)
      await nowhere.close()
    }
  }

  @Test("S4-INT-05 an attempt on a ledger is told of once, whoever tried and although the attempt undid itself; two watchers tell it once")
  func refusedChanges() async throws {
    try await LedgerBench.run { bench in
      try await bench.write(AuditedLedger.all[0].insertion(1...2, brand: 1), brand: 1)
      let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      let registries = [MetricsRegistry(), MetricsRegistry()]
      let monitors = registries.map { RefusedChangeMonitor(database: bench.app, registry: $0, logger: logger) }
      await monitors[0].round()
      #expect(try await bench.database.psql("SELECT count(*) FROM cordon.system_event") == "0")
      #expect(Self.metric(registries[0], #"append_only_violations_total{ledger="cordon.admin_audit"}"#) == "0")
      for statement in [
        "DELETE FROM cordon.admin_audit WHERE seq = 1", "UPDATE cordon.admin_audit SET reason = 'x' WHERE seq = 2",
        "TRUNCATE cordon.admin_audit",
      ] {
        await #expect(throws: (any Error).self) { try await bench.database.psql("BEGIN; \(statement); COMMIT") }
      }
      await withTaskGroup(of: Void.self) { group in for monitor in monitors { group.addTask { await monitor.round() } } }
      await monitors[0].round()
      #expect(
        try await bench.database.psql("SELECT brand_id, kind, outcome, reason, occurrences, detail FROM cordon.system_event")
          == #"|append_only_violation|denied|append_only|3|{"ledger": "cordon.admin_audit", "attempts": 3}"#)
      let counted = registries.compactMap { Self.metric($0, #"append_only_violations_total{ledger="cordon.admin_audit"}"#) }
      #expect(counted.compactMap { Int($0) }.reduce(0, +) == 3)
      // The event itself can't be taken away either, and that is told of, too.
      await #expect(throws: (any Error).self) { try await bench.database.psql("DELETE FROM cordon.system_event") }
      await monitors[1].round()
      #expect(
        try await bench.database.psql("SELECT detail ->> 'ledger' FROM cordon.system_event ORDER BY event_id DESC LIMIT 1")
          == "cordon.system_event")
    }
  }
}
