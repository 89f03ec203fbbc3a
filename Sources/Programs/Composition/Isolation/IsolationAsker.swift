internal import Contracts
internal import Foundation
internal import Kernel
internal import Platform

/// Asks one operation as a brand: with its own things in every place, but for the one that is probed.
struct IsolationAsker: Sendable {
  /// One answer, with what was asked for.
  struct Asked: Sendable {
    let reply: StackReply
    let answer: IsolationAnswer
    /// What the request named, as it may stand in the answer.
    let words: [String]
  }

  private static let keys: Set<IsolationThing> = [.roleKey, .playerKey, .operatorKey]

  let cast: IsolationCast
  let own: IsolationCanaries
  /// Whether the brand asks for its own things, with those that were made for it.
  let isControl: Bool

  /// - Parameters:
  ///   - probed: the place and what stands there.
  ///   - limit: of a list; nil leaves it out.
  func ask(
    _ row: IsolationRow, _ ask: IsolationAsk, _ operation: DescribedOperation, probed: (place: IsolationPlace, value: JSONValue)?,
    limit: Int? = nil
  ) async throws -> Asked {
    let isKeyProbed = ask.probes.contains { $0.place == probed?.place && Self.keys.contains($0.thing) }
    var filled: [IsolationPlace: JSONValue] = [:]
    for (place, value) in ask.places {
      if let probed, probed.place == place {
        filled[place] = probed.value
      } else {
        filled[place] = try await base(value, in: place, isKeyProbed: isKeyProbed)
      }
    }
    let reply = try await send(row, ask, operation, filled, limit: limit)
    let words =
      filled.values.compactMap(\.text) + filled.values.compactMap(\.text).filter { $0.hasPrefix("Bearer ") }.map { String($0.dropFirst(7)) }
    let number = probed.map { JSONValue.Member(name: $0.place.name.split(separator: "/").last.map { String($0) } ?? "", value: $0.value) }
    return Asked(
      reply: reply, answer: IsolationAnswer(reply, asked: words, number: number, isChange: operation.method != "GET"), words: words)
  }

  /// What stands in a place that isn't probed; nil leaves it out.
  private func base(_ value: IsolationValue, in place: IsolationPlace, isKeyProbed: Bool) async throws -> JSONValue? {
    switch value {
    case .filter, .ignored: return nil
    case .plain(let value), .shared(let value, _): return value
    case .own(.newKey): return Self.newKey()
    case .own(let thing): return own[thing]
    case .thing(let thing):
      if thing.isMadeAnew { return Self.newKey() }
      // A command wants a key of its own; a question asks for a command of that key.
      if Self.keys.contains(thing) { return place.part == .query ? own[thing] : Self.newKey() }
      // The answer to a key must not depend on what became of a thing meanwhile.
      if isKeyProbed, !isControl, thing.isSpent { return own[thing].map { IsolationAbsence.like($0) } }
      return try await passing(thing) ?? own[thing]
    }
  }

  /// Made anew where using it ends it.
  private func passing(_ thing: IsolationThing) async throws -> JSONValue? {
    guard !isControl else { return nil }
    switch thing {
    case .passingToken: return try await cast.newToken(own)
    case .refreshToken: return try await cast.newRefreshToken(own)
    default: return nil
    }
  }

  private static func newKey() -> JSONValue { .string("iso-\(UUID().uuidString.lowercased())") }

  // MARK: Writing the request

  private func send(
    _ row: IsolationRow, _ ask: IsolationAsk, _ operation: DescribedOperation, _ filled: [IsolationPlace: JSONValue], limit: Int?
  ) async throws -> StackReply {
    var headers: [String: String] = [:]
    for name in ask.headers.keys { headers[name] = filled[IsolationPlace(.header, name)].map { IsolationCast.word($0) } }
    return try await cast.doors.send(
      row.actor, of: cast.brand, operation.method, Self.target(ask, operation, filled, limit: limit), to: row.role, headers: headers,
      body: body(row, ask, filled), operatorToken: cast.operatorToken)
  }

  private static func target(
    _ ask: IsolationAsk, _ operation: DescribedOperation, _ filled: [IsolationPlace: JSONValue], limit: Int?
  ) -> String {
    var path = operation.path
    for name in ask.path.keys {
      path = path.replacing("{\(name)}", with: escaped(filled[IsolationPlace(.path, name)]))
    }
    var query = ask.query.keys.sorted().compactMap { name in
      filled[IsolationPlace(.query, name)].map { "\(name)=\(escaped($0))" }
    }
    if let limit { query.append("limit=\(limit)") }
    return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
  }

  private static func escaped(_ value: JSONValue?) -> String {
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
    return (value.map { IsolationCast.word($0) } ?? "").addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }

  private func body(_ row: IsolationRow, _ ask: IsolationAsk, _ filled: [IsolationPlace: JSONValue]) -> [UInt8]? {
    guard let node = ask.body else { return nil }
    if case .provider(let provider) = row.actor {
      let values = filled.reduce(into: [:]) { $0[$1.key.name] = $1.value }
      let name = String(row.operation.dropFirst(provider.rawValue.count))
      return IsolationPen(provider: provider, currency: cast.brand.currency).callback(name, values).body
    }
    guard var json = node.json(fill: { place, _ in filled[place] }) else { return nil }
    if row.actor == .payments, case .object(let members) = json {
      json = .object(members + [.init(name: "timestamp", value: .integer(WallClock.system.now().seconds))])
    }
    return Array(JSONWriter.text(of: json).utf8)
  }
}
