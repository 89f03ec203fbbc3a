import Kernel

/// A callback that is wrong in some way, chosen by a seed: its bytes, its signature or both. None of them can be right by chance, because
/// their amount is never the deposit's.
struct DamagedCallback: Sendable {
  let body: [UInt8]
  /// Nil: no header.
  let signature: String?
  /// Whether the signature is the brand's own over these very bytes.
  let isSigned: Bool

  /// - Parameter orders: deposits of this brand, of the other one, and names that are none.
  init(number: Int, orders: [String], using generator: inout SeededGenerator) {
    let whole = PaymentBench.body(
      orders[Int.random(in: 0..<orders.count, using: &generator)], payment: "m-\(number)",
      status: PlisioStatusName.any(using: &generator), amount: "7.31", currency: Bool.random(using: &generator) ? "EUR" : "USD",
      age: Int64.random(in: -400...400, using: &generator))
    body = Self.damaged(Array(whole.utf8), using: &generator)
    let right = PaymentBench.signature(body, PaymentBench.ownSecret)
    isSigned = Bool.random(using: &generator)
    signature = isSigned ? right : Self.wrong(right, body: body, using: &generator)
  }

  private static func wrong(_ right: String, body: [UInt8], using generator: inout SeededGenerator) -> String? {
    switch Int.random(in: 0..<7, using: &generator) {
    case 0: nil
    case 1: PaymentBench.signature(body, PaymentBench.commonSecret)
    case 2: PaymentBench.signature(body + [0x20], PaymentBench.ownSecret)
    case 3: "v1=" + right
    case 4: right + right
    case 5: String(right.dropLast())
    default: String(repeating: "0", count: 64)
    }
  }

  private static func damaged(_ whole: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = whole
    let at = Int.random(in: 0..<bytes.count, using: &generator)
    let end = min(bytes.count, at + Int.random(in: 1...40, using: &generator))
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: bytes[at] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
    case 1: bytes[at] = UInt8.random(in: 0...255, using: &generator)
    case 2: bytes.removeSubrange(at..<end)
    case 3: bytes.insert(contentsOf: bytes[at..<end], at: at)
    case 4: bytes.insert(contentsOf: (0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) }, at: at)
    case 5: bytes = Array(bytes[..<at])
    case 6: bytes += bytes
    case 7: bytes = [0xEF, 0xBB, 0xBF] + bytes
    default: bytes = withHostileMember(whole, using: &generator)
    }
    return bytes
  }

  /// One member gets a value that parsers stumble over.
  private static func withHostileMember(_ whole: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    let names = ["txn_id", "status", "order_number", "source_amount", "source_currency", "timestamp", "extra"]
    let values = [
      "null", "{}", "[]", "-0", "1e400", "9223372036854775808", "NaN", "1e-3", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "true", "01",
      String(repeating: "[", count: 10_000), "\"" + String(repeating: "a", count: 20_000) + "\"", "\"' OR 1=1 --\"", "\"plisio:replay\"",
    ]
    let member =
      "{\"\(names[Int.random(in: 0..<names.count, using: &generator)])\":\(values[Int.random(in: 0..<values.count, using: &generator)]),"
    // Before the others: the member of the same name that follows makes it a duplicate.
    return Array(member.utf8) + whole.dropFirst()
  }
}
