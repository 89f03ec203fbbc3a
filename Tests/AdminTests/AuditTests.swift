import Audit
import Foundation
import Kernel
import Platform
import Postgres
import TestSupport
import Testing

@Suite("The audit")
struct AuditTests {
  private static func write(_ bench: AdminBench, _ count: Int, brand: String = "1") async throws {
    for number in 1...count {
      let call = try await bench.send("PUT", "/v1/admin/brand-config/some_key", as: .root, brand: brand, body: #"{"value":\#(number)}"#)
      #expect(call.status == 200)
    }
  }

  private static func values(_ call: AdminCall) -> [Int] { call.rows.compactMap { $0["new_value"] as? Int } }

  @Test("S0-AUD-01 the table has the columns that queries name")
  func columns() async throws {
    try await AdminBench.run { bench in
      let columns = try await bench.database.psql(
        "SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_schema = 'cordon' AND table_name = 'admin_audit'")
      for name in ["action", "resource", "resource_key", "operator_id", "old_value", "new_value", "created_at"] {
        #expect(columns.split(separator: ",").contains(Substring(name)))
      }
    }
  }

  @Test("pages follow one another, newest first, also while rows are added")
  func pages() async throws {
    try await AdminBench.run { bench in
      try await Self.write(bench, 5)
      let first = try await bench.get("/v1/admin/audit?limit=2")
      #expect(Self.values(first) == [5, 4])
      try await Self.write(bench, 1)
      let second = try await bench.get("/v1/admin/audit?limit=2&cursor=\(try #require(first.nextCursor))")
      #expect(Self.values(second) == [3, 2])
      let third = try await bench.get("/v1/admin/audit?limit=2&cursor=\(try #require(second.nextCursor))")
      #expect(Self.values(third) == [1] && third.nextCursor == nil && third.object["has_more"] as? Bool == false)
    }
  }

  @Test("a cursor that was altered, or is of another brand, list or filter, is refused")
  func cursors() async throws {
    try await AdminBench.run { bench in
      try await Self.write(bench, 3)
      let cursor = try #require(try await bench.get("/v1/admin/audit?limit=1").nextCursor)
      var altered = Array(cursor)
      altered[0] = altered[0] == "A" ? "B" : "A"
      for (path, brand) in [
        ("/v1/admin/audit?cursor=\(String(altered))", "1"), ("/v1/admin/audit?cursor=x", "1"), ("/v1/admin/audit?cursor=\(cursor)", "2"),
        ("/v1/admin/audit?resource=brand&cursor=\(cursor)", "1"), ("/v1/admin/logs/player-login?cursor=\(cursor)", "1"),
        ("/v1/admin/platform-audit?cursor=\(cursor)", "1"),
      ] {
        let call = try await bench.get(path, as: .root, brand: brand)
        #expect(call.status == 400 && call.reason == "invalid_field", "\(path): \(call.text)")
      }
    }
  }

  @Test("a brand's list holds its own acts, the platform's holds all of them and is for super-admins")
  func scopes() async throws {
    try await AdminBench.run { bench in
      try await Self.write(bench, 1, brand: "1")
      try await Self.write(bench, 2, brand: "2")
      _ = try await bench.send("PUT", "/v1/admin/global-vars/a", as: .root, brand: nil, body: #"{"value":9}"#)
      #expect(Self.values(try await bench.get("/v1/admin/audit", as: .one)) == [1])
      #expect(Self.values(try await bench.get("/v1/admin/audit", as: .two, brand: "2")) == [2, 1])
      #expect(Self.values(try await bench.get("/v1/admin/platform-audit", as: .root, brand: nil)) == [9, 2, 1, 1])
      #expect(try await bench.get("/v1/admin/platform-audit", as: .both, brand: nil).reason == "super_admin_required")
      let filtered = try await bench.get("/v1/admin/platform-audit?resource=global_var&action=GLOBAL_VAR_SET", as: .root, brand: nil)
      #expect(Self.values(filtered) == [9])
      #expect(try await bench.get("/v1/admin/audit?resource=nothing").status == 400)
    }
  }

  @Test("an entry of a brand's transaction can only be that brand's, and goes with the transaction")
  func inTheTransaction() async throws {
    try await AdminBench.run { bench in
      let brand = try #require(BrandID(2))
      let entry = AuditEntry(.agentCreate, .agent, "1", by: "ops:one", new: ["a": 1])
      struct Stop: Error {}
      await #expect(throws: Stop.self) {
        try await bench.app.withBrand(brand) { transaction in
          try await AdminAudit.append(entry, in: transaction)
          throw Stop()
        }
      }
      #expect(try await bench.auditCount() == 0)
      let id = try await bench.app.withBrand(brand) { transaction in try await AdminAudit.append(entry, in: transaction) }
      #expect(try await bench.database.psql("SELECT brand_id, new_value FROM admin_audit WHERE audit_id = \(id)") == #"2|{"a": 1}"#)
      let other = try #require(BrandID(1))
      #expect(try await bench.app.withBrand(other) { transaction in try await AdminAudit.record(id, in: transaction) } == nil)
    }
  }
}
