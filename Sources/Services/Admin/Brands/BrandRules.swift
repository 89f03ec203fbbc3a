internal import Kernel

/// What a brand in the catalogue must be. Pure.
enum BrandRules {
  /// The code and currency of a brand to create.
  ///
  /// - Throws: `invalid_field` naming every member that is not usable.
  static func accept(_ body: NewBrandBody) throws(Problem) -> (code: BrandCode, currency: Currency) {
    var faults: [Problem.Fault] = []
    let code = BrandCode(body.code)
    let currency = Currency(code: body.currency)
    if code == nil { faults.append(.init(pointer: "/brand_code", detail: "must be lower-case letters and digits, a letter first")) }
    if currency == nil { faults.append(.init(pointer: "/default_currency", detail: "is not a currency that Cordon holds")) }
    if let fault = nameFault(body.name) { faults.append(fault) }
    guard faults.isEmpty, let code, let currency else { throw Problem(.invalidField, faults: faults) }
    return (code, currency)
  }

  static func accept(_ body: BrandChangeBody) throws(Problem) {
    if let fault = nameFault(body.name) { throw Problem(.invalidField, faults: [fault]) }
  }

  /// Names are compared by people, so none may look like another by spaces at its ends.
  private static func nameFault(_ name: String) -> Problem.Fault? {
    let isTrimmed = name.first?.isWhitespace == false && name.last?.isWhitespace == false
    return isTrimmed ? nil : .init(pointer: "/name", detail: "must not begin or end with a space")
  }

  /// Another brand beside an enabled one needs every role to enforce (S0-ENF-10): what only counts lets the brands touch each other.
  ///
  /// - Throws: `enforcement_incomplete` naming each role that doesn't say that it enforces. One that doesn't answer doesn't say it.
  static func acceptSecond(_ census: [RoleEnforcement]) throws(Problem) {
    let others = census.filter { $0.mode != .enforce }.map { "\($0.role.rawValue) (\($0.mode?.rawValue ?? "no answer"))" }
    guard others.isEmpty else {
      throw Problem(.enforcementIncomplete, detail: "These roles don't report enforce: \(others.joined(separator: ", "))")
    }
  }
}
