/// A request as bytes, made by damaging a valid one.
struct MalformedRequest: Sendable {
  var method: String
  var target: String
  var version = "HTTP/1.1"
  var headers: [(name: String, value: String)]
  var body: [UInt8]
  /// Sent instead of all that: damage that is finer than a request's parts.
  var wire: [UInt8]?
  /// What was done to it.
  var damage: [String] = []
  /// The rest never comes: the client says that it has sent everything.
  var isCutShort = false
  /// Nothing of this request's bytes may be taken for the next request's.
  var endsConnection = false

  var isHead: Bool { method == "HEAD" }

  var bytes: [UInt8] {
    if let wire { return wire }
    let head = "\(method) \(target) \(version)\r\n" + headers.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n"
    return Array(head.utf8) + body
  }

  mutating func set(_ name: String, _ value: String) {
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
    headers.append((name, value))
  }

  mutating func remove(_ name: String) { headers.removeAll { $0.name.lowercased() == name.lowercased() } }

  /// Gives it a JSON body that is framed rightly.
  mutating func setBody(_ text: String) { setBody(Array(text.utf8)) }

  mutating func setBody(_ bytes: [UInt8]) {
    body = bytes
    set("Content-Length", "\(bytes.count)")
  }
}
