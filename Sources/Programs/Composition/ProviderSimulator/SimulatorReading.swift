internal import Platform

/// What a provider reads in an answer.
struct SimulatorReading: Hashable, Sendable, CustomStringConvertible {
  let status: Int
  let term: String
  /// Minor units; nil where the answer shows none.
  var balance: Int64?
  /// Of a batch.
  var items: [SimulatorReading] = []

  var description: String {
    let text = "\(status) \(term)" + (balance.map { " balance \($0)" } ?? "")
    return items.isEmpty ? text : "\(text) (\(items.map(\.description).joined(separator: "; ")))"
  }

  init(status: Int, term: String, balance: Int64? = nil) {
    self.status = status
    self.term = term
    self.balance = balance
  }

  init(_ provider: SimulatedProvider, _ reply: SimulatorReply, currency: String) {
    if provider == .bti {
      self.init(xml: reply)
    } else {
      let value = (try? JSONDocument.parse(reply.body)) ?? .null
      self.init(provider, status: reply.status, value, currency)
    }
  }

  private init(_ provider: SimulatedProvider, status: Int, _ value: JSONValue, _ currency: String) {
    self.status = status
    term = value[provider == .mg ? "status" : "code"]?.text ?? ""
    switch provider {
    case .mg: balance = Self.number(value["balance"])
    default: balance = Self.number(value["wallet"]?["balance"]).map { $0 / SimulatorPen.hundredThousandths(of: currency) }
    }
    if case .array(let lines)? = value[provider == .mg ? "transactions" : "items"] {
      items = lines.map { SimulatorReading(provider, status: status, $0, currency) }
    }
  }

  private init(xml reply: SimulatorReply) {
    let text = String(decoding: reply.body, as: UTF8.self)
    let balance = Self.element("Balance", in: text).flatMap { Int64($0.filter { $0 != "." }) }
    self.init(status: reply.status, term: Self.element("ErrorCode", in: text) ?? "", balance: balance)
  }

  private static func number(_ value: JSONValue?) -> Int64? {
    guard case .number(let digits)? = value else { return nil }
    return Int64(digits)
  }

  /// The text of the one element of that name.
  static func element(_ name: String, in text: String) -> String? {
    guard let open = text.firstRange(of: "<\(name)>"), let close = text.firstRange(of: "</\(name)>"), open.upperBound <= close.lowerBound
    else { return nil }
    return String(text[open.upperBound..<close.lowerBound])
  }
}
