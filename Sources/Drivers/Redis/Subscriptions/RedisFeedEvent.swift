/// What a ``RedisFeed`` tells, before it is read as a subscription's or a tracking's event.
enum RedisFeedEvent: Sendable {
  case established
  case message(channel: String, payload: RedisValue)
  case interrupted
}
