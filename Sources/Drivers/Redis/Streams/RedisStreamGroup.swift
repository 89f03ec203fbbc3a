/// A consumer group of a stream, as XINFO GROUPS tells it.
package struct RedisStreamGroup: Hashable, Sendable {
  package let name: String
  package let consumers: Int
  /// Entries that were delivered and not yet acknowledged.
  package let pending: Int
  package let lastDeliveredID: String
  /// Entries that no consumer was handed yet; nil when Redis can't tell (it lost count by a deletion, or is older than 7).
  package let lag: Int?

  init(_ reply: RedisValue) throws(RedisError) {
    let command = "XINFO GROUPS"
    let values = try reply.dictionary(from: command)
    guard let name = values["name"]?.text, let consumers = values["consumers"]?.integer, let pending = values["pending"]?.integer,
      let last = values["last-delivered-id"]?.text
    else { throw reply.surprise(from: command) }
    self.name = name
    self.consumers = Int(consumers)
    self.pending = Int(pending)
    self.lastDeliveredID = last
    self.lag = values["lag"]?.integer.map { Int($0) }
  }
}
