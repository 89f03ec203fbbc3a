internal import Kernel
internal import Postgres

/// What a change of a brand's documents waits for. Both are kept until its transaction ends.
struct WalletDocumentLock: Sendable {
  /// Writers of a brand's documents follow each other: a topology and a policy that fit the active ones must also fit one another when
  /// both are activated at once. Readers and commands never wait for it.
  func takeFromWriters(_ transaction: BrandTransaction) async throws {
    _ = try await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('cordon.wallet_documents', \(transaction.brand)))")
  }

  /// Waits until no command of the brand is under way, and lets none begin: the lock that every batch takes first. Only an activation that
  /// takes a bucket away needs it: a batch that has read the old topology could otherwise put money into that bucket after it was found
  /// empty.
  func takeFromCommands(_ transaction: BrandTransaction) async throws {
    let brand = transaction.brand
    try await transaction.execute("INSERT INTO wallet.wallet_chain (brand_id) VALUES (\(brand)) ON CONFLICT (brand_id) DO NOTHING")
    _ = try await transaction.query("SELECT FROM wallet.wallet_chain WHERE brand_id = \(brand) FOR NO KEY UPDATE")
  }
}
