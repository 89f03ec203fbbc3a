internal import Crypto
internal import Kernel
internal import Postgres
internal import Redis

/// Takes the fingerprint of a brand: all rows of all tables that have its number, and all of its Redis keys with their values.
struct BrandFingerprintStore: Sendable {
  private static let settlingTries = 60

  let database: Database
  let redis: RedisClient

  /// Once nothing of it changes any more: outboxes, checkpoints and checks are written in their own time.
  func settled(_ brand: BrandID) async throws -> BrandFingerprint {
    var last = try await take(brand)
    for _ in 0..<Self.settlingTries {
      try await Task.sleep(for: .seconds(1))
      let next = try await take(brand)
      if next == last { return next }
      last = next
    }
    return last
  }

  func take(_ brand: BrandID) async throws -> BrandFingerprint {
    BrandFingerprint(tables: try await tables(brand), keys: try await keys(brand))
  }

  /// Also of tables that are the platform's and have the column, such as the audit and the hosts.
  private func tables(_ brand: BrandID) async throws -> [String: String] {
    try await database.withBrand(brand) { transaction in
      let rows = try await transaction.query(
        """
        SELECT s.name, (xpath('/row/digest/text()', query_to_xml(format(
          'SELECT count(*) || '':'' || coalesce(md5(string_agg(md5(t::text), '','' ORDER BY md5(t::text))), ''none'') AS digest'
          ' FROM %s AS t WHERE brand_id = %s', s.relation, \(transaction.brand)::bigint), true, true, '')))[1]::text AS digest
        FROM (
          SELECT n.nspname || '.' || c.relname AS name, format('%I.%I', n.nspname, c.relname) AS relation
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
          JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'brand_id' AND NOT a.attisdropped
          WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
            -- What workers write of themselves in their own time: when the wallet's check last looked, what was signed of rows that are compared, and
            -- that a request to the brand's host was refused.
            AND (n.nspname, c.relname) NOT IN (
              ('wallet', 'wallet_check'), ('cordon', 'system_event'), ('evidence', 'log_checkpoint'), ('evidence', 'log_tile'), ('evidence', 'log_cosignature'))
            AND has_table_privilege(c.oid, 'SELECT')) AS s
        """)
      return try rows.reduce(into: [:]) { $0[try $1.get("name")] = try $1.get("digest", as: String.self) }
    }
  }

  private func keys(_ brand: BrandID) async throws -> [String: String] {
    var found: [String: String] = [:]
    for key in try await RedisSurvey(redis: redis).keys() where try await owner(of: key) == brand.rawValue {
      // Gone meanwhile: it had an end.
      guard let value = try await redis.send(["DUMP", RedisArgument(key)]).bytes else { continue }
      found[key] = Hexadecimal.encode(SHA256.hash(data: value))
    }
    return found
  }

  private func owner(of key: String) async throws -> Int64? {
    switch RedisKeyRules.owner(of: key) {
    case .brand(let brand): brand
    case .named: RedisKeyRules.brand(in: try await redis.get(key) ?? [])
    case .platform, .stream, .nobody: nil
    }
  }
}
