internal import Postgres

/// Reads the inventory of brand-scoped tables.
struct BrandTableStore {
  let database: Database

  func tables() async throws -> [BrandTable] {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query(
        """
        SELECT schema_name || '.' || table_name AS name, brand_id_nullable, brand_id_leads_primary_key, row_security_forced
        FROM cordon.v_brand_scoped_table
        """)
    }
    return try rows.map { row in
      BrandTable(
        name: try row.get("name"), isBrandOptional: try row.get("brand_id_nullable"),
        isBrandFirstInKey: try row.get("brand_id_leads_primary_key"), isForced: try row.get("row_security_forced"))
    }
  }
}
