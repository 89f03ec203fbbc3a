internal import Kernel
internal import Redis

/// The Redis Stream behind an outbox.
struct OutboxStream: Sendable {
  /// The stream is a window for consumers, not the record: that is the table.
  private static let entriesMax = 1_000_000
  /// Longer than any healthy Redis takes; the database transaction stays open meanwhile.
  private static let deadline: Duration = .seconds(3)

  /// One script, so that a batch is there in its order or not at all: of separate commands Redis may refuse the first for want of memory
  /// and take the second, and a consumer would see them the wrong way round.
  private static let addAll = """
    for i = 2, #ARGV, 5 do
      redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'event_id', ARGV[i], 'event_type', ARGV[i + 1],
        'brand_id', ARGV[i + 2], 'brand_code', ARGV[i + 3], 'payload', ARGV[i + 4])
    end
    return (#ARGV - 1) / 5
    """

  let name: String
  let redis: RedisClient

  /// Appends the events in their order: all of them or, when it throws, possibly all or none.
  func append(_ events: [OutboxEvent], of brand: Brand) async throws(RedisError) {
    var arguments = [RedisArgument(Self.entriesMax)]
    arguments.reserveCapacity(1 + events.count * 5)
    for event in events {
      arguments += [
        RedisArgument(event.id), RedisArgument(event.type), RedisArgument(brand.id.rawValue), RedisArgument(brand.code.rawValue),
        RedisArgument(event.payload),
      ]
    }
    _ = try await redis.evaluate(Self.addAll, keys: [name], arguments: arguments, deadline: Self.deadline)
  }

  func groups() async throws(RedisError) -> [RedisStreamGroup] { try await redis.streamInfoGroups(name) }
}
