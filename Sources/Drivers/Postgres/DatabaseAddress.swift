internal import CLibPQ

/// A parsed database URL.
struct DatabaseAddress: Sendable, CustomStringConvertible {
  private var parameters: [String: String]
  /// The same as libpq's environment variables, as far as there are any.
  private(set) var environment: [String: String]

  init(url: String) throws(PostgresError) {
    guard let range = url.firstRange(of: "://") else { throw Self.problem("is not a URL") }
    let scheme = url[..<range.lowerBound]
    let plain = scheme.split(separator: "+", maxSplits: 1).first.map(String.init) ?? ""
    guard plain == "postgres" || plain == "postgresql" else { throw Self.problem("must begin with postgres:// or postgresql://") }
    guard let options = PQconninfoParse("postgresql://" + url[range.upperBound...], nil) else {
      throw Self.problem(Self.hint)
    }
    defer { PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var environment: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        parameters[String(cString: keyword)] = String(cString: value)
        if let variable = option.pointee.envvar { environment[String(cString: variable)] = String(cString: value) }
      }
      option += 1
    }
    guard parameters["host"] != nil || parameters["hostaddr"] != nil else { throw Self.problem("names no host") }
    guard parameters["dbname"] != nil else { throw Self.problem("names no database") }
    // libpq would only notice when it connects, and by then a password with an unescaped slash would have been shown as a port.
    guard Self.list(parameters["port"] ?? "").allSatisfy({ $0.isEmpty || UInt16($0) != nil }) else { throw Self.problem(Self.hint) }
    self.parameters = parameters
    self.environment = environment
  }

  /// Another database of the same server.
  func naming(_ database: String) -> DatabaseAddress {
    var other = self
    other.parameters["dbname"] = database
    other.environment["PGDATABASE"] = database
    return other
  }

  private static let hint =
    "can't be parsed; reserved characters in user and password are written as %XX, a socket directory as %2Fpath"

  private static func problem(_ problem: String) -> PostgresError {
    PostgresError(.misuse, "the database URL \(problem)", operation: "configure")
  }

  /// `-c` settings that the URL brings along; the session's own come after them and win.
  var options: [String] { parameters["options"].map { [$0] } ?? [] }

  var description: String {
    let hosts = parameters["host"] ?? parameters["hostaddr"] ?? ""
    return "\(hosts):\(parameters["port"] ?? "5432")/\(parameters["dbname"] ?? "")"
  }

  /// The parameters with `hostaddr` filled in for every host that is a name.
  func resolved() async throws(PostgresError) -> [(keyword: String, value: String)] {
    var resolved = parameters
    resolved["options"] = nil
    if parameters["hostaddr"] == nil, let hosts = parameters["host"] {
      let ports = Self.list(parameters["port"] ?? "")
      var (names, addresses, usedPorts) = ([String](), [String](), [String]())
      for (index, host) in Self.list(hosts).enumerated() {
        for address in try await HostResolver.addresses(of: host) {
          names.append(host)
          addresses.append(address)
          usedPorts.append(ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : "")
        }
      }
      resolved["host"] = names.joined(separator: ",")
      resolved["hostaddr"] = addresses.joined(separator: ",")
      resolved["port"] = usedPorts.joined(separator: ",")
    }
    return resolved.map { (keyword: $0.key, value: $0.value) }
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
}
