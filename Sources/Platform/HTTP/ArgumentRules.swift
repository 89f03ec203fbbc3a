package import HTTPTypes
package import Kernel

/// Whether a request's path, query and header parameters are the declared ones. Pure.
package enum ArgumentRules {
  /// The arguments by name, percent-decoded.
  ///
  /// - Throws: `not_found` for a path value that can't exist, else one `invalid_field` or `unknown_field` with every fault.
  package static func arguments(
    of parameters: [Parameter], path: [String: String], query: Substring?, headers: HTTPFields
  ) throws(Problem) -> [String: String] {
    for parameter in parameters where parameter.place == .path {
      guard let value = path[parameter.name], SchemaRules.textFault(value, parameter.schema) == nil else { throw Problem(.notFound) }
    }
    var faults: [SchemaFault] = []
    let sent = parse(query, faults: &faults)
    for name in sent.keys.sorted() where !parameters.contains(where: { $0.place == .query && $0.name == name }) {
      faults.append(SchemaFault(pointer: "/query/\(name.prefix(64))", detail: "is not a parameter of this route", isUnknownField: true))
    }
    for parameter in parameters where parameter.place == .query {
      check(parameter, sent[parameter.name], into: &faults)
    }
    for parameter in parameters where parameter.place == .header {
      check(parameter, headers.single(parameter.name), into: &faults)
    }
    guard faults.isEmpty else {
      let reason: ProblemReason = faults.allSatisfy(\.isUnknownField) ? .unknownField : .invalidField
      throw Problem(
        reason, faults: faults.prefix(SchemaRules.faultsMax).map { Problem.Fault(pointer: $0.pointer, detail: $0.detail) })
    }
    return path.merging(sent) { fromPath, _ in fromPath }
  }

  private static func check(_ parameter: Parameter, _ value: String?, into faults: inout [SchemaFault]) {
    let pointer = "/\(parameter.place.rawValue)/\(parameter.name)"
    guard let value else {
      if parameter.isRequired { faults.append(.invalid(pointer, "is required")) }
      return
    }
    if let wrong = SchemaRules.textFault(value, parameter.schema) { faults.append(.invalid(pointer, wrong)) }
  }

  private static func parse(_ query: Substring?, faults: inout [SchemaFault]) -> [String: String] {
    var values: [String: String] = [:]
    for pair in (query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
        let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
      else {
        faults.append(.invalid("/query", "is not percent-encoded UTF-8 text"))
        continue
      }
      if values.updateValue(value, forKey: name) != nil { faults.append(.invalid("/query/\(name.prefix(64))", "is given twice")) }
    }
    return values
  }
}
