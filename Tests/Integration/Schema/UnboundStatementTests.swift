import TestSupport
import Testing

@Suite("Statements that lost their brand")
struct UnboundStatementTests {
  /// Brand 3 has no row in any table: whoever is bound to it must find nothing.
  private static let brands = [1, 2, 3]

  @Test(
    "S0-HARD-37 each of these statements of the product, its brand predicate taken out, reaches the rows of its transaction's brand and no other: row-level security holds it, and without that it would reach both"
  )
  func held() async throws {
    try await SchemaProbe.run { probe in
      try await probe.database.psql(TwoBrandRows.sql)
      try await probe.database.psql("INSERT INTO cordon.brand (brand_code, name, default_currency) VALUES ('brand3', 'Third', 'GBP')")
      for statement in UnboundStatement.all { try await expectHeld(statement, probe) }
    }
  }

  @Test("they are twenty at least, over ten brand-scoped tables at least, and reads, changes and deletions")
  func enough() async throws {
    try await SchemaProbe.run { probe in
      let scoped = try await probe.brandScopedTables()
      #expect(Set(UnboundStatement.all.map(\.table)).subtracting(scoped) == [])
    }
    #expect(UnboundStatement.all.count >= 30)
    #expect(Set(UnboundStatement.all.map(\.table)).count >= 20)
    let kinds = Dictionary(grouping: UnboundStatement.all) { $0.beginning.prefix(6) }.mapValues(\.count)
    #expect(kinds["SELECT", default: 0] >= 15 && kinds["UPDATE", default: 0] >= 6 && kinds["DELETE", default: 0] >= 2, "\(kinds)")
  }

  private func expectHeld(_ statement: UnboundStatement, _ probe: SchemaProbe) async throws {
    let unbound = try statement.unbound()
    var own: [Int: Int] = [:]
    for brand in Self.brands {
      let wanted = try await reached(try statement.bound(to: brand), as: .superuser, brand, statement, probe)
      let held = try await reached(unbound, as: .app, brand, statement, probe)
      #expect(held == wanted, "\(statement.testDescription), brand \(brand)")
      #expect(held.leavesOthers)
      own[brand] = wanted.rows
    }
    #expect(own[1] ?? 0 > 0 && own[2] ?? 0 > 0 && own[3] == 0, "\(statement.testDescription): \(own)")
    // The control: the same statement where row-level security doesn't bind. Without this the case would prove nothing.
    let free = try await reached(unbound, as: .superuser, 1, statement, probe)
    #expect(free.rows ?? 0 >= (own[1] ?? 0) + (own[2] ?? 0), "\(statement.testDescription): \(free)")
    if !statement.beginning.hasPrefix("SELECT") { #expect(!free.leavesOthers, "\(statement.testDescription)") }
  }

  private struct Reach: Equatable {
    /// Rows that it saw or changed; nil when it was refused.
    let rows: Int?
    /// Whether the other brands' rows of its table are what they were.
    let leavesOthers: Bool
  }

  /// Runs it in a transaction of the brand that is undone.
  private func reached(
    _ sql: String, as role: SchemaProbe.Role, _ brand: Int, _ statement: UnboundStatement, _ probe: SchemaProbe
  ) async throws -> Reach {
    let others = """
      SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \(statement.table) AS t WHERE brand_id <> \(brand);
      """
    let output = try await probe.database.psql(
      """
      BEGIN; \(others) SET LOCAL ROLE \(role.rawValue); SET LOCAL app.brand_id = '\(brand)';
      SELECT public.answer($statement$\(sql)$statement$);
      SET LOCAL ROLE none; \(others) ROLLBACK;
      """)
    let lines = output.split(separator: "\n").map(String.init)
    #expect(lines.count == 3, "\(output)")
    guard lines.count == 3 else { return Reach(rows: nil, leavesOthers: false) }
    #expect(lines[1].hasPrefix("accepted "), "\(statement.testDescription): \(lines[1])")
    return Reach(rows: Int(lines[1].dropFirst("accepted ".count)), leavesOthers: lines[0] == lines[2])
  }
}
