internal import Platform

/// A body, or a part of one, with what stands in its places.
indirect enum IsolationNode: Sendable, ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  case value(IsolationValue)
  case members([(name: String, node: IsolationNode)])
  case items([IsolationNode])

  init(dictionaryLiteral elements: (String, IsolationNode)...) { self = .members(elements.map { (name: $0.0, node: $0.1) }) }
  init(integerLiteral value: Int64) { self = .value(.plain(.integer(value))) }
  init(stringLiteral value: String) { self = .value(.plain(.string(value))) }
  init(booleanLiteral value: Bool) { self = .value(.plain(.boolean(value))) }

  static func thing(_ thing: IsolationThing) -> IsolationNode { .value(.thing(thing)) }
  static func own(_ thing: IsolationThing) -> IsolationNode { .value(.own(thing)) }
  static func shared(_ value: JSONValue, _ why: String) -> IsolationNode { .value(.shared(value, why)) }

  /// Every place with what stands there, in the body's order.
  func places(under path: String = "") -> [(place: IsolationPlace, value: IsolationValue)] {
    switch self {
    case .value(let value): [(IsolationPlace(.body, path), value)]
    case .members(let members): members.flatMap { $0.node.places(under: path.isEmpty ? $0.name : "\(path)/\($0.name)") }
    case .items(let items): items.enumerated().flatMap { $0.element.places(under: "\(path)/\($0.offset)") }
    }
  }

  /// The body as JSON; places for which `fill` has nothing are left out.
  func json(under path: String = "", fill: (IsolationPlace, IsolationValue) -> JSONValue?) -> JSONValue? {
    switch self {
    case .value(let value): return fill(IsolationPlace(.body, path), value)
    case .members(let members):
      return .object(
        members.compactMap { member in
          member.node.json(under: path.isEmpty ? member.name : "\(path)/\(member.name)", fill: fill)
            .map { JSONValue.Member(name: member.name, value: $0) }
        })
    case .items(let items): return .array(items.enumerated().compactMap { $0.element.json(under: "\(path)/\($0.offset)", fill: fill) })
    }
  }
}
