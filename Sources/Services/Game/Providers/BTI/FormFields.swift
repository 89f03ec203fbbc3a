internal import Kernel
internal import Platform

/// The fields of a body of the form `application/x-www-form-urlencoded`, read strictly: a name that comes twice is refused, since two readers
/// may take different ones.
struct FormFields: Sendable {
  private static let countMax = 64

  private let values: [String: String]

  init(_ body: [UInt8]) throws(CallbackFault) {
    guard let text = String(validating: body, as: UTF8.self) else { throw CallbackFault("the body is no UTF-8") }
    var values: [String: String] = [:]
    for pair in text.split(separator: "&", omittingEmptySubsequences: false) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
        let value = PercentEncoding.decode(parts[1], plusIsSpace: true), !name.isEmpty
      else { throw CallbackFault("the body is no form") }
      guard values.updateValue(value, forKey: name) == nil else { throw CallbackFault("\(name.prefix(32)) comes twice") }
      guard values.count <= Self.countMax else { throw CallbackFault("more than \(Self.countMax) fields") }
    }
    self.values = values
  }

  func text(_ name: String) throws(CallbackFault) -> String {
    guard let text = values[name], CallbackIdentifier.isText(text) else { throw CallbackFault("\(name) is missing or too long") }
    return text
  }

  func identifier(_ name: String) throws(CallbackFault) -> String {
    guard let text = values[name], CallbackIdentifier.isIdentifier(text) else { throw CallbackFault("\(name) is missing or no id") }
    return text
  }

  /// Major units with at most the currency's decimal places.
  func money(_ name: String, currency: String) throws(CallbackFault) -> Money {
    guard let code = values[currency], let unit = Currency(code: code) else { throw CallbackFault("\(currency) is no currency") }
    guard let text = values[name], let money = Money(decimal: text, currency: unit) else { throw CallbackFault("\(name) is no amount") }
    return money
  }
}
