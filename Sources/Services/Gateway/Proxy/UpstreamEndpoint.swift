package import Kernel

/// A service behind the gateway and where it listens.
package struct UpstreamEndpoint: Hashable, Sendable {
  package let role: ServiceRole
  package let host: String
  package let port: Int

  package init(role: ServiceRole, host: String, port: Int) {
    self.role = role
    self.host = host
    self.port = port
  }

  /// Reads `http://host:port`, without path; nil for anything else. Services are reached in plain HTTP on the private network.
  package init?(role: ServiceRole, url: String) {
    guard url.hasPrefix("http://") else { return nil }
    var rest = url.dropFirst("http://".count)
    if rest.last == "/" { rest = rest.dropLast() }
    guard !rest.isEmpty, !rest.contains("/"), !rest.contains("@"), let colon = rest.lastIndex(of: ":") else { return nil }
    guard let port = Int(rest[rest.index(after: colon)...]), (1...65_535).contains(port) else { return nil }
    var host = rest[..<colon]
    if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { return nil }
    self.init(role: role, host: String(host), port: port)
  }
}
