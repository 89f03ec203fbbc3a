import SQLAudit
import Testing

@Suite("The project's own SQL")
struct ProjectAuditTests {
  @Test(
    "every statement of the checkout is held to a brand, or says why not (S0-CLS-01, S0-CLS-02, S0-GATE-11, S0-HARD-21, S0-HARD-36, S0-PLY-03, S0-WAL-23, S0-WAL-38)"
  )
  func clean() throws {
    let audit = try SourceAudit.run(root: Bench.root)
    for scope in AuditScope.allCases {
      let report = audit.report(scope)
      #expect(report.faults.map { AuditReport.line($0) } == [])
      #expect(report.headlines.allSatisfy { $0.count == 0 })
      // Were nothing read, nothing would be found.
      #expect(report.count(.ok) > 100)
    }
    #expect(audit.sightings.contains { $0.path.hasPrefix("db/migrations/") && $0.auditClass == .ok })
    #expect(audit.sightings.contains { $0.path.hasPrefix("benchmarks/") })
  }

  @Test("the inventory knows brands' tables and views, the platform's own, and those of nobody")
  func inventory() {
    let scoped = Bench.inventory.brandScoped.map(\.description)
    #expect(scoped.contains("cordon.player") && scoped.contains("wallet.wallet_ledger") && scoped.contains("cordon.player_deposit"))
    #expect(!scoped.contains("cordon.brand") && !scoped.contains("cordon.agent") && !scoped.contains("cordon.v_brand_scoped_table"))
  }

  @Test("the same sources give the same report (S0-CLS-12)")
  func reproducible() throws {
    let reports = try (0..<2).map { _ in try SourceAudit.run(root: Bench.root).report(.readsAndWrites) }
    #expect(reports[0].text == reports[1].text)
    #expect(reports[0].sightings == reports[1].sightings)
  }

  @Test("a folder that is no checkout is refused")
  func noCheckout() {
    #expect(throws: SourceAuditFault.noSchema(path: "/nonexistent/db/schema.sql")) { try SourceAudit.run(root: "/nonexistent") }
    #expect(throws: SourceAuditFault.self) { try SourceAudit.inventory(schema: "CREATE TABLE a (b int);") }
    #expect(throws: SourceAuditFault.self) { try SourceAudit.inventory(schema: "no SQL") }
  }
}
