package import HTTPTypes

/// Finds the endpoint of a request. Literal segments are compared byte for byte, without decoding: `%2e%2e` or a doubled slash leads
/// nowhere, so no proxy in front can be made to see another path than this table.
package struct RouteTable: Sendable {
  package enum Match: Sendable {
    case found(Endpoint, arguments: [String: String])
    /// The path exists; `allowed` goes into the `Allow` header.
    case otherMethods(allowed: [String])
    case nothing
  }

  private struct Route: Sendable {
    enum Segment: Sendable {
      case literal(Substring)
      case argument(String)
    }

    let segments: [Segment]
    let endpoint: Endpoint
  }

  /// Paths without parameters, which are most requests, by method and path.
  private let literal: [String: [Endpoint]]
  private let patterns: [Route]

  package init(_ endpoints: [Endpoint]) {
    self.literal = Dictionary(grouping: endpoints.filter { !$0.path.contains("{") }, by: \.path)
    self.patterns = endpoints.filter { $0.path.contains("{") }.map { endpoint in
      Route(segments: Self.segments(of: endpoint.path), endpoint: endpoint)
    }
  }

  /// - Parameter path: without the query, as it arrived. HEAD finds what GET finds.
  package func match(_ method: HTTPRequest.Method, path: Substring) -> Match {
    if let endpoints = literal[String(path)] {
      return pick(endpoints.map { ($0, [:]) }, method)
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let candidates = patterns.compactMap { route in
      Self.arguments(of: route.segments, in: parts).map { (route.endpoint, $0) }
    }
    return candidates.isEmpty ? .nothing : pick(candidates, method)
  }

  private func pick(_ candidates: [(Endpoint, [String: String])], _ method: HTTPRequest.Method) -> Match {
    let wanted = method == .head ? .get : method
    if let (endpoint, arguments) = candidates.first(where: { $0.0.method == wanted }) { return .found(endpoint, arguments: arguments) }
    let methods = Set(candidates.map { $0.0.method.rawValue })
    return .otherMethods(allowed: methods.union(methods.contains("GET") ? ["HEAD"] : []).sorted())
  }

  private static func segments(of path: String) -> [Route.Segment] {
    path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
      part.hasPrefix("{") && part.hasSuffix("}") ? .argument(String(part.dropFirst().dropLast())) : .literal(part)
    }
  }

  private static func arguments(of segments: [Route.Segment], in parts: ArraySlice<Substring>) -> [String: String]? {
    guard segments.count == parts.count else { return nil }
    var arguments: [String: String] = [:]
    for (segment, part) in zip(segments, parts) {
      switch segment {
      case .literal(let text): guard text == part else { return nil }
      case .argument(let name):
        guard !part.isEmpty, let value = PercentEncoding.decode(part) else { return nil }
        arguments[name] = value
      }
    }
    return arguments
  }
}
