/// The parts of a `redis://` or `unix://` URL.
struct RedisURL {
  private(set) var endpoint: RedisEndpoint
  private(set) var username: String?
  private(set) var password: String?
  private(set) var database = 0

  private static let portDefault = 6379

  init(_ url: String) throws(RedisError) {
    guard let separator = url.firstRange(of: "://") else {
      throw Self.refusal("has no scheme; write redis://host:port/database or unix:///path")
    }
    let rest = url[separator.upperBound...]
    switch url[..<separator.lowerBound].lowercased() {
    case "redis": self = try Self.tcp(rest)
    case "unix", "redis+unix": self = try Self.unix(rest)
    case "rediss": throw Self.refusal("asks for TLS, which this build has not (libhiredis 0.14.1); use a local TLS proxy and redis://")
    default: throw Self.refusal("has an unknown scheme; write redis://host:port/database or unix:///path")
    }
  }

  private init(endpoint: RedisEndpoint) { self.endpoint = endpoint }

  private static func tcp(_ text: Substring) throws(RedisError) -> RedisURL {
    let (userInfo, afterUser) = splitUserInfo(text)
    let parts = afterUser.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var url = RedisURL(endpoint: try address(parts[0]))
    try url.setUser(userInfo)
    if parts.count == 2, !parts[1].isEmpty { url.database = try databaseNumber(parts[1]) }
    return url
  }

  private static func unix(_ text: Substring) throws(RedisError) -> RedisURL {
    let (userInfo, afterUser) = splitUserInfo(text)
    let parts = afterUser.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = try decode(parts[0])
    guard path.hasPrefix("/") else { throw refusal("must name the socket by an absolute path: unix:///path") }
    // sun_path holds 108 bytes with the final zero; hiredis would cut a longer path off silently.
    guard path.utf8.count < 108 else { throw refusal("names a socket path longer than 107 bytes") }
    var url = RedisURL(endpoint: .unix(path: path))
    try url.setUser(userInfo)
    if parts.count == 2 {
      guard parts[1].hasPrefix("db=") else { throw refusal("has an unknown query; only db=number is known") }
      url.database = try databaseNumber(parts[1].dropFirst(3))
    }
    return url
  }

  /// The last `@` ends the user part, so that an unencoded `@` in a password still works.
  private static func splitUserInfo(_ text: Substring) -> (Substring?, Substring) {
    guard let at = text.lastIndex(of: "@") else { return (nil, text) }
    return (text[..<at], text[text.index(after: at)...])
  }

  private mutating func setUser(_ text: Substring?) throws(RedisError) {
    guard let text else { return }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw Self.refusal("has a user without password; write user:password@ or :password@") }
    username = parts[0].isEmpty ? nil : try Self.decode(parts[0])
    password = try Self.decode(parts[1])
  }

  private static func address(_ text: Substring) throws(RedisError) -> RedisEndpoint {
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { throw refusal("has an unclosed [ in its address") }
      return .tcp(host: String(text[text.index(after: text.startIndex)..<end]), port: try port(text[text.index(after: end)...]))
    }
    let colon = text.firstIndex(of: ":") ?? text.endIndex
    guard colon != text.startIndex else { throw refusal("has no host") }
    return .tcp(host: String(text[..<colon]), port: try port(text[colon...]))
  }

  /// `text` is empty or starts with the colon.
  private static func port(_ text: Substring) throws(RedisError) -> Int {
    if text.isEmpty { return portDefault }
    guard text.first == ":", let port = UInt16(text.dropFirst()), port > 0 else { throw refusal("has a port that isn't 1 to 65535") }
    return Int(port)
  }

  private static func databaseNumber(_ text: Substring) throws(RedisError) -> Int {
    guard let number = UInt16(text) else { throw refusal("has a database that isn't a number") }
    return Int(number)
  }

  private static func decode(_ text: Substring) throws(RedisError) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst(), let low = rest.popFirst(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { throw refusal("has a % that two hexadecimal digits don't follow") }
      bytes.append(value)
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else { throw refusal("isn't UTF-8 after decoding") }
    return decoded
  }

  private static func refusal(_ fault: String) -> RedisError { RedisError(.misconfigured, "The Redis URL \(fault).") }
}
