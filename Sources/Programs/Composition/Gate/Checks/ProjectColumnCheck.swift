internal import Postgres

/// No table has the integer `project` of before brands.
struct ProjectColumnCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let rows = try await scene.database.withPlatform { transaction in
      try await transaction.query(
        """
        SELECT n.nspname || '.' || c.relname AS name
        FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE a.attname = 'project' AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm')
          AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        ORDER BY 1
        """)
    }
    return .judged(
      "columns named project: \(rows.count)", faults: try rows.map { "\(try $0.get("name", as: String.self)) has a column project" })
  }
}
