/// Keys and their values, pub/sub's sending side, and liveness.
extension RedisClient {
  package func ping() async throws(RedisError) {
    _ = try await send(["PING"])
  }

  /// The value's bytes, or nil when there is no such key.
  package func get(_ key: String) async throws(RedisError) -> [UInt8]? {
    try await send(["GET", RedisArgument(key)]).optionalBytes(from: "GET")
  }

  /// Sets the value. With `expirySeconds` the key vanishes after that time; with `onlyIfAbsent` an existing key is left as it is.
  ///
  /// Returns false when `onlyIfAbsent` found the key there.
  @discardableResult
  package func set(
    _ key: String, _ value: RedisArgument, expirySeconds: Int? = nil, onlyIfAbsent: Bool = false
  ) async throws(RedisError) -> Bool {
    var command: [RedisArgument] = ["SET", RedisArgument(key), value]
    if let expirySeconds { command += ["EX", RedisArgument(expirySeconds)] }
    if onlyIfAbsent { command += ["NX"] }
    return try await send(command) != .null
  }

  /// Returns how many of the keys existed.
  @discardableResult
  package func delete(_ keys: String...) async throws(RedisError) -> Int {
    if keys.isEmpty { return 0 }
    return try await send(["DEL"] + keys.map { RedisArgument($0) }).count(from: "DEL")
  }

  package func exists(_ key: String) async throws(RedisError) -> Bool {
    try await send(["EXISTS", RedisArgument(key)]).count(from: "EXISTS") > 0
  }

  /// Adds to a counter, which begins at 0, and returns its new value.
  ///
  /// With `expirySeconds` a counter without expiry gets one: the window runs from its first increment and isn't prolonged by later ones.
  /// If the connection breaks between the two commands the counter lives without expiry until the next increment, which sets it.
  package func increment(_ key: String, by amount: Int64 = 1, expirySeconds: Int? = nil) async throws(RedisError) -> Int64 {
    let increment: [RedisArgument] = ["INCRBY", RedisArgument(key), RedisArgument(amount)]
    guard let expirySeconds else { return try await send(increment).number(from: "INCRBY") }
    let replies = try await pipeline([increment, ["EXPIRE", RedisArgument(key), RedisArgument(expirySeconds), "NX"]])
    for case .error(let message) in replies { throw RedisError.server(message) }
    return try replies[0].number(from: "INCRBY")
  }

  /// Lets the key vanish after that time; returns false when there is no such key.
  @discardableResult
  package func expire(_ key: String, seconds: Int) async throws(RedisError) -> Bool {
    try await send(["EXPIRE", RedisArgument(key), RedisArgument(seconds)]).count(from: "EXPIRE") == 1
  }

  /// Sends a message to the channel's subscribers of this moment and returns how many there were on this server.
  @discardableResult
  package func publish(_ channel: String, _ message: RedisArgument) async throws(RedisError) -> Int {
    try await send(["PUBLISH", RedisArgument(channel), message]).count(from: "PUBLISH")
  }

  /// One page of the keys that match the glob pattern, and the cursor of the next page (nil after the last). The first page has the cursor "0".
  ///
  /// A page may be empty though more follow, and a key may come twice: that is SCAN's contract. `pageSize` is a hint.
  package func scan(
    match pattern: String, cursor: String = "0", pageSize: Int = 100
  ) async throws(RedisError) -> (keys: [String], next: String?) {
    let reply = try await send(["SCAN", RedisArgument(cursor), "MATCH", RedisArgument(pattern), "COUNT", RedisArgument(pageSize)])
    guard let parts = reply.array, parts.count == 2, let next = parts[0].text, let keys = parts[1].array else {
      throw reply.surprise(from: "SCAN")
    }
    return (keys.compactMap(\.text), next == "0" ? nil : next)
  }
}
