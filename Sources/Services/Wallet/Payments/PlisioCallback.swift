internal import Kernel
internal import Platform

/// A callback of Plisio, read from a body whose signature has been verified (`docs/formats/payment-callback.md`). Members that we don't need are
/// ignored: the provider may add some, and none of them, such as wallet addresses, is kept.
struct PlisioCallback: Hashable, Sendable {
  let paymentID: String
  let status: PlisioStatus
  /// The deposit that the payment is for, as it came.
  let orderNumber: String
  /// The invoice's amount in the currency of the brand, as it was written.
  let sourceAmount: String?
  let sourceCurrency: String?
  /// When it was sent, in Unix seconds.
  let timestamp: Int64

  /// - Throws: `Problem` with `invalid_json` or `invalid_field`.
  init(body: [UInt8]) throws(Problem) {
    let json: JSONValue
    do {
      json = try JSONDocument.parse(body)
    } catch {
      throw Problem(.invalidJSON, detail: error.description)
    }
    guard case .object(let members) = json else { throw Problem(.invalidJSON, detail: "The body is no object") }
    let values = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
    paymentID = try Self.identifier("txn_id", values, lengthMax: 128)
    orderNumber = try Self.identifier("order_number", values, lengthMax: 255)
    guard let status = Self.text(values["status"]).flatMap({ PlisioStatus(rawValue: $0) }) else { throw Self.fault("status") }
    self.status = status
    guard let timestamp = Self.text(values["timestamp"]).flatMap({ Decimal64.parse($0) }) else { throw Self.fault("timestamp") }
    self.timestamp = timestamp
    sourceAmount = Self.text(values["source_amount"])
    sourceCurrency = Self.text(values["source_currency"]).flatMap { 1...16 ~= $0.utf8.count ? $0 : nil }
  }

  /// Amounts and numbers come as JSON numbers or as texts, depending on the provider's version.
  private static func text(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// Part of a Redis key and of an idempotency key: nothing but letters, digits, `-` and `_`.
  private static func identifier(_ name: String, _ values: [String: JSONValue], lengthMax: Int) throws(Problem) -> String {
    guard let text = text(values[name]), 1...lengthMax ~= text.utf8.count,
      text.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      })
    else { throw fault(name) }
    return text
  }

  private static func fault(_ name: String) -> Problem {
    Problem(.invalidField, faults: [.init(pointer: "/\(name)", detail: "missing or not usable")])
  }
}
