internal import Kernel
internal import Postgres

/// The SQL of payments' callbacks.
struct PaymentCallbackStore: Sendable {
  private static let provider = "plisio"

  let database: Database

  /// - Throws: `PostgresError` with `.paused` while the table is frozen.
  func requireWritable() async throws { try await database.requireWritable(["payment_callback"]) }

  /// Whether the callback was handled before: the durable half of the protection against replays.
  func isHandled(_ callback: PlisioCallback, _ brand: BrandID) async throws -> Bool {
    try await database.withBrand(brand) { transaction in
      try await !transaction.query(
        """
        SELECT 1 FROM wallet.payment_callback
        WHERE brand_id = \(brand) AND provider = \(Self.provider) AND payment_id = \(callback.paymentID)
          AND status = \(callback.status.rawValue)
        """
      ).isEmpty
    }
  }

  /// The brand's deposit that the callback names; nil when it has none.
  func deposit(_ orderNumber: String, _ brand: BrandID) async throws -> PendingDeposit? {
    guard let id = UUIDv7(text: orderNumber) else { return nil }
    return try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT transaction_id, brand_id, player_id, amount, currency::text AS currency FROM wallet.wallet_transaction
        WHERE brand_id = \(brand) AND transaction_id = \(id) AND kind = 'deposit'
        """
      ).first.map { row throws(PostgresError) in try PendingDeposit(row: row) }
    }
  }

  /// - Returns: false when somebody else has recorded it first.
  func record(
    _ callback: PlisioCallback, _ outcome: PaymentOutcome, deposit: PendingDeposit?, amount: Int64?, requestID: String, _ brand: BrandID
  ) async throws -> Bool {
    try await database.withBrand(brand) { transaction in
      try await transaction.execute(
        """
        INSERT INTO wallet.payment_callback
          (brand_id, provider, payment_id, status, outcome, reason, order_number, transaction_id, amount, currency, bonus_amount, request_id)
        VALUES (\(brand), \(Self.provider), \(callback.paymentID), \(callback.status.rawValue), \(outcome.name), \(outcome.reason?.name),
          \(callback.orderNumber), \(deposit?.transaction), \(amount), \(callback.sourceCurrency), \(outcome.bonus), \(requestID))
        ON CONFLICT (brand_id, provider, payment_id, status) DO NOTHING
        """) == 1
    }
  }
}
