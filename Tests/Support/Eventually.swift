/// Waiting for something that happens in its own time, without a guess of how long it takes.

/// Polls until the condition holds, and throws ``NotInTime`` when it doesn't within the limit. The limit is generous: it only
/// matters when the test fails.
package func eventually(
  _ what: String, within limit: Duration = .seconds(20), every pause: Duration = .milliseconds(10), _ condition: () async throws -> Bool
) async throws {
  _ = try await eventually(what, within: limit, every: pause) { try await condition() ? true : nil }
}

/// Polls until there is a value, and returns it.
package func eventually<Value>(
  _ what: String, within limit: Duration = .seconds(20), every pause: Duration = .milliseconds(10), _ value: () async throws -> Value?
) async throws -> Value {
  let deadline = ContinuousClock.now + limit
  while true {
    if let value = try await value() { return value }
    guard ContinuousClock.now < deadline else { throw NotInTime(what: what, limit: limit) }
    try await Task.sleep(for: pause)
  }
}
