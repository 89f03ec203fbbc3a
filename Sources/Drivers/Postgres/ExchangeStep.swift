/// One statement of an exchange.
struct ExchangeStep: Sendable {
  let sql: SQL
  /// Statements that carry values or come again are prepared once per connection; BEGIN and COMMIT gain nothing by it.
  let isPrepared: Bool

  static func statement(_ sql: SQL) -> ExchangeStep { ExchangeStep(sql: sql, isPrepared: true) }
  static func command(_ sql: SQL) -> ExchangeStep { ExchangeStep(sql: sql, isPrepared: false) }
}
