import TestSupport
import Testing

// brand-global: test: it tries what a contained brand must not do
@Suite("Containment in the database")
struct ContainmentSchemaTests {
  @Test("every brand-scoped table refuses the writes of a contained brand, or says why it does not")
  func everyTable() async throws {
    try await SchemaProbe.run { probe in
      let excused = try await probe.rows("SELECT format('%I.%I', schema_name, table_name) FROM evidence.v_written_in_containment")
      let stopping = try await probe.rows(
        """
        SELECT n.nspname || '.' || c.relname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE tgname = 'trg_containment' AND tgenabled = 'A' AND tgtype = 30
        """)
      let tables = try await probe.brandScopedTables()
      #expect(Set(tables) == Set(stopping).union(excused))
      #expect(Set(stopping).isDisjoint(with: excused))
    }
  }

  @Test("S4-INC-07 the writes of a contained brand are refused in every table that stops; the other brand's are not")
  func refused() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      try await probe.database.psql("INSERT INTO evidence.containment (brand_id, begun_by, reason) VALUES (1, 'ops:alice', 'INC-1')")
      let tables = try await probe.rows(
        """
        SELECT n.nspname || '.' || c.relname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE tgname = 'trg_containment' ORDER BY 1
        """)
      #expect(tables.count > 20)
      for table in tables {
        // As the owner, whom grants don't stop.
        let statements = [
          "UPDATE \(table) SET brand_id = brand_id WHERE false", "DELETE FROM \(table) WHERE false",
        ]
        for answer in try await probe.answers(to: statements, as: .owner, brand: .id(1)) {
          #expect(answer.hasPrefix("CB007 brand 1 is contained"), "\(table): \(answer)")
        }
        for answer in try await probe.answers(to: statements, as: .owner, brand: .id(2)) {
          #expect(answer == "accepted 0", "\(table): \(answer)")
        }
      }
      let wanted = "INSERT INTO cordon.brand_config (brand_id, key, value, updated_by) VALUES (1, 'rebate_rate', '0.01', 'test')"
      #expect(try await probe.answer(to: wanted, as: .app, brand: .id(1)).hasPrefix("CB007 "))
      // It ends once, by whoever decides, and nothing else of it changes.
      let end = "UPDATE evidence.containment SET ended_by = 'ops:bob', end_reason = 'restored', ended_at = now() WHERE ended_at IS NULL"
      #expect(try await probe.answer(to: "UPDATE evidence.containment SET reason = 'x'", as: .owner, brand: .id(1)).hasPrefix("CB005 "))
      #expect(try await probe.answer(to: end, as: .app, brand: .id(1)) == "accepted 1")
      #expect(try await probe.answer(to: "UPDATE evidence.containment SET ended_by = 'x'", as: .app, brand: .id(1)).hasPrefix("CB005 "))
      #expect(try await probe.answer(to: wanted, as: .app, brand: .id(1)) == "accepted 1")
    }
  }
}
