internal import Kernel
internal import Platform

/// The members of a callback's JSON object, read strictly: a member is what it must be, or the callback is refused. Members that nobody asks
/// for are passed over: providers add some.
struct CallbackFields: Sendable {
  private let value: JSONValue
  let echo: String?

  /// - Parameter echo: the member with the id of the request.
  init(_ body: [UInt8], echo name: String) throws(CallbackFault) {
    let value: JSONValue
    do {
      value = try JSONDocument.parse(body)
    } catch {
      throw CallbackFault(error.description)
    }
    guard case .object = value else { throw CallbackFault("the body is no object") }
    self.value = value
    guard let echo = value[name]?.text, CallbackIdentifier.isIdentifier(echo) else { throw CallbackFault("\(name) is missing or no id") }
    self.echo = echo
  }

  private init(_ value: JSONValue, echo: String?) {
    self.value = value
    self.echo = echo
  }

  func fault(_ what: String) -> CallbackFault { CallbackFault(what, echo: echo) }

  func object(_ name: String) throws(CallbackFault) -> CallbackFields {
    guard let member = value[name], case .object = member else { throw fault("\(name) is no object") }
    return CallbackFields(member, echo: echo)
  }

  func objects(_ name: String, max: Int) throws(CallbackFault) -> [CallbackFields] {
    guard case .array(let items)? = value[name], (1...max).contains(items.count) else { throw fault("\(name) is no list of 1 to \(max)") }
    var objects: [CallbackFields] = []
    for item in items {
      guard case .object = item else { throw fault("\(name) holds something that is no object") }
      objects.append(CallbackFields(item, echo: echo))
    }
    return objects
  }

  func text(_ name: String) throws(CallbackFault) -> String {
    guard let text = value[name]?.text, CallbackIdentifier.isText(text) else { throw fault("\(name) is missing or no text") }
    return text
  }

  func identifier(_ name: String) throws(CallbackFault) -> String {
    guard let text = value[name]?.text, CallbackIdentifier.isIdentifier(text) else { throw fault("\(name) is missing or no id") }
    return text
  }

  func flag(_ name: String) throws(CallbackFault) -> Bool {
    switch value[name] {
    case nil: return false
    case .boolean(let flag): return flag
    default: throw fault("\(name) is neither true nor false")
    }
  }

  /// A whole number from zero on, without sign, point or exponent.
  func number(_ name: String) throws(CallbackFault) -> Int64 {
    guard case .number(let literal)? = value[name], let number = Decimal64.parse(literal) else {
      throw fault("\(name) is no whole number from 0 on")
    }
    return number
  }

  func currency(_ name: String) throws(CallbackFault) -> Currency {
    guard let code = value[name]?.text, let currency = Currency(code: code) else { throw fault("\(name) is no currency") }
    return currency
  }
}
