package import Kernel
package import Postgres

/// Resolves brand configuration: the brand's own value, else the documented global default, else the program's constant
/// (S0-CFG-02 to S0-CFG-05, C-27). Always reads the database, so that a change counts from its commit on.
package enum BrandSettings {
  /// The last resort, for a database whose defaults table lacks a key. The same values as migration 0002 writes.
  package static let builtIn: [String: JSONValue] = [
    "cashback_rate": 0, "rebate_rate": 0, "lossback_rate": 0, "rolling_completion_ratio": 1, "payment_channels": [],
  ]

  /// Nil when nobody has set or documented the key.
  package static func resolve(_ key: String, brand: BrandID, in database: Database) async throws -> BrandSetting? {
    try await database.withBrand(brand) { transaction in try await resolve(key, in: transaction) }
  }

  /// As the transaction's brand has it.
  package static func resolve(_ key: String, in transaction: BrandTransaction) async throws -> BrandSetting? {
    let rows = try await transaction.query("\(unsafe: selection) \(source(transaction.brand)) WHERE key = \(key)")
    if let row = rows.first { return try setting(row) }
    return builtIn[key].map { BrandSetting(key: key, value: $0, source: .builtIn) }
  }

  /// Every key that has a value for the transaction's brand, by key.
  package static func all(in transaction: BrandTransaction) async throws -> [BrandSetting] {
    let rows = try await transaction.query("\(unsafe: selection) \(source(transaction.brand))")
    var settings: [String: BrandSetting] = [:]
    for (key, value) in builtIn { settings[key] = BrandSetting(key: key, value: value, source: .builtIn) }
    for row in rows {
      let setting = try setting(row)
      settings[setting.key] = setting
    }
    return settings.values.sorted { $0.key < $1.key }
  }

  private static let selection =
    "SELECT key, coalesce(own.value, standard.value) AS value, own.value IS NOT NULL AS is_own"

  private static func source(_ brand: BrandID) -> SQL {
    """
    FROM (SELECT key, value FROM cordon.brand_config WHERE brand_id = \(brand)) AS own
    FULL JOIN cordon.v_brand_config_default AS standard USING (key)
    """
  }

  private static func setting(_ row: Row) throws -> BrandSetting {
    let text: JSONText = try row.get("value")
    let isOwn: Bool = try row.get("is_own")
    return BrandSetting(
      key: try row.get("key"), value: try JSONDocument.parse(Array(text.text.utf8)), source: isOwn ? .brand : .globalDefault)
  }
}
