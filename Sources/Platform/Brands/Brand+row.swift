package import Kernel
package import Postgres

extension Brand {
  /// A row of `cordon.brand` with the columns brand_id, brand_code, status and default_currency.
  package init(row: Row) throws(PostgresError) {
    let status: String = try row.get("status")
    let code: String = try row.get("default_currency")
    guard let status = Status(rawValue: status), let currency = Currency(code: code) else {
      throw PostgresError(.decoding, "brand row with status '\(status)' and currency '\(code)'", operation: "read a brand")
    }
    self.init(id: try row.get("brand_id"), code: try row.get("brand_code"), status: status, currency: currency)
  }
}
