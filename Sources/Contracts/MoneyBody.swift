package import Kernel

/// Money on the wire: `{"amount": 1250, "currency": "EUR"}`, the amount in minor units.
package struct MoneyBody: Codable, Hashable, JSONSchemaProviding {
  package let amount: Int64
  package let currency: String

  package init(_ money: Money) {
    self.amount = money.minorUnits
    self.currency = money.currency.code
  }

  /// Nil when the currency is not one that Cordon holds.
  package var money: Money? { Currency(code: currency).map { Money(minorUnits: amount, currency: $0) } }

  package static let jsonSchema = JSONSchema.object(
    name: "Money",
    fields: [
      .required(
        "amount", .integer(-Limits.amountMinorUnitsMax...Limits.amountMinorUnitsMax), "Minor units of the currency: 1250 is 12.50 EUR."),
      .required("currency", .string(length: 3...5, pattern: .currencyCode, example: "EUR"), "ISO 4217 code, or USDT."),
    ])
}
