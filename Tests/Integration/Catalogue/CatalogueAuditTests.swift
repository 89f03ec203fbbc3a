import Composition
import Foundation
import SQLAudit
import TestSupport
import Testing

@Suite("The catalogue", .serialized)
struct CatalogueAuditTests {
  @Test("the schema of the migrations breaks no rule")
  func clean() async throws {
    try await CatalogueBench.run { bench in
      let found = try await bench.found()
      #expect(found == [])
    }
  }

  @Test("with row-level security removed from each table in turn, or no longer binding the owner, the audit names that table")
  func rowSecurity() async throws {
    try await CatalogueBench.run { bench in
      let tables = try await bench.brandScopedTables()
      #expect(tables.count > 30)
      for table in tables {
        try await bench.database.psql("ALTER TABLE \(table) DISABLE ROW LEVEL SECURITY")
        #expect(try await bench.found() == ["row_security \(table)"])
        try await bench.database.psql("ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY; ALTER TABLE \(table) NO FORCE ROW LEVEL SECURITY")
        #expect(try await bench.found() == ["row_security \(table)"])
        try await bench.database.psql("ALTER TABLE \(table) FORCE ROW LEVEL SECURITY")
      }
      #expect(try await bench.found() == [])
    }
  }

  @Test("each planted hole is found", arguments: PlantedHole.all)
  func holes(_ hole: PlantedHole) async throws {
    try await CatalogueBench.run { bench in
      try await bench.database.psql(hole.sql)
      let found = try await bench.found()
      #expect(found.contains(hole.finding), "\(found)")
    }
  }

  @Test("every rule but those of the cluster's roles has its planted hole")
  func complete() {
    let planted = Set(PlantedHole.all.map { String($0.finding.prefix { $0 != " " }) })
    #expect(Set(CatalogueRule.allCases.map(\.rawValue)).subtracting(planted) == ["row_security", "role_powers"])
  }

  @Test("the audit of the sources and the database know the same brand-scoped tables (S0-CLS-05, S0-MIG-02)")
  func inventory() async throws {
    let schema = MigrationFiles.directory + "/../schema.sql"
    let inventory = try SourceAudit.inventory(schema: try String(contentsOfFile: schema, encoding: .utf8))
    try await CatalogueBench.run { bench in
      let tables = try await bench.brandScopedTables()
      #expect(tables == inventory.brandScopedTables.map(\.description))
    }
  }
}
