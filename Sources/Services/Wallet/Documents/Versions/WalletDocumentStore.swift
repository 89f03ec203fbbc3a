internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of document versions. The table's own trigger and its index over active versions hold whatever is done here.
struct WalletDocumentStore: Sendable {
  let kind: WalletDocumentKind

  private static let columns: SQL =
    "brand_id, version, status, document, created_by, created_at, activated_by, activated_at, retired_at"

  /// Newest first, from before the version `before`.
  func page(before: Int64?, limit: Int, _ transaction: BrandTransaction) async throws -> [WalletDocumentVersion] {
    let (table, brand) = (kind.table, transaction.brand)
    return try await transaction.query(
      """
      SELECT \(Self.columns) FROM wallet.\(unsafe: table)
      WHERE brand_id = \(brand) AND (\(before)::bigint IS NULL OR version < \(before))
      ORDER BY version DESC LIMIT \(Int64(limit))
      """
    ).map { row throws(PostgresError) in try WalletDocumentVersion(row: row) }
  }

  func find(_ version: Int64, _ transaction: BrandTransaction) async throws -> WalletDocumentVersion? {
    let (table, brand) = (kind.table, transaction.brand)
    return try await transaction.query(
      "SELECT \(Self.columns) FROM wallet.\(unsafe: table) WHERE brand_id = \(brand) AND version = \(version)"
    ).first.map { row throws(PostgresError) in try WalletDocumentVersion(row: row) }
  }

  func active(_ transaction: BrandTransaction) async throws -> WalletDocumentVersion? {
    let (table, brand) = (kind.table, transaction.brand)
    return try await transaction.query(
      "SELECT \(Self.columns) FROM wallet.\(unsafe: table) WHERE brand_id = \(brand) AND status = 'active'"
    ).first.map { row throws(PostgresError) in try WalletDocumentVersion(row: row) }
  }

  func nextVersion(_ transaction: BrandTransaction) async throws -> Int64 {
    let (table, brand) = (kind.table, transaction.brand)
    let newest: Int64? = try await transaction.query(
      "SELECT max(version) AS newest FROM wallet.\(unsafe: table) WHERE brand_id = \(brand)"
    ).first?.getOptional("newest")
    return (newest ?? 0) + 1
  }

  /// Writes a draft. Under the writers' lock the number is free; without it the primary key would refuse the second writer.
  func insert(
    _ document: JSONValue, version: Int64, by operatorID: String, _ transaction: BrandTransaction
  ) async throws {
    let (table, brand) = (kind.table, transaction.brand)
    try await transaction.execute(
      """
      INSERT INTO wallet.\(unsafe: table) (brand_id, version, document, created_by)
      VALUES (\(brand), \(version), \(JSONText(JSONWriter.text(of: document))), \(operatorID))
      """)
  }

  /// Returns whether the version still had the status that it had when it was read.
  func retire(_ version: WalletDocumentVersion, _ transaction: BrandTransaction) async throws -> Bool {
    let (table, brand) = (kind.table, transaction.brand)
    return try await transaction.execute(
      """
      UPDATE wallet.\(unsafe: table) SET status = 'retired', retired_at = now()
      WHERE brand_id = \(brand) AND version = \(version.version) AND status = \(version.status.rawValue)
      """) == 1
  }

  /// Returns whether the version was a draft.
  func activate(_ version: Int64, by operatorID: String, _ transaction: BrandTransaction) async throws -> Bool {
    let (table, brand) = (kind.table, transaction.brand)
    return try await transaction.execute(
      """
      UPDATE wallet.\(unsafe: table) SET status = 'active', activated_by = \(operatorID), activated_at = now()
      WHERE brand_id = \(brand) AND version = \(version) AND status = 'draft'
      """) == 1
  }
}
