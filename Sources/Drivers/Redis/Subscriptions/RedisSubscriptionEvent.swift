/// What a subscription tells.
package enum RedisSubscriptionEvent: Hashable, Sendable {
  /// The server has confirmed all channels: from here on no message is missed until ``interrupted``.
  case subscribed
  case message(channel: String, payload: [UInt8])
  /// The connection is lost, or could not be made. Messages may be missed until the next ``subscribed``.
  case interrupted
}
