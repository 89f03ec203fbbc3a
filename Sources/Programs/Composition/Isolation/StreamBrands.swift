internal import Redis

/// Which brand each event of a stream is of.
enum StreamBrands {
  /// What the payload of each entry says, the newest first; nil where that isn't what the entry says.
  static func read(_ stream: String, entries: Int, from redis: RedisClient) async throws -> [String?] {
    let reply = try await redis.send(["XREVRANGE", RedisArgument(stream), "+", "-", "COUNT", RedisArgument(entries)])
    return (reply.array ?? []).map { entry in
      let fields = entry.array?.last?.array ?? []
      let pairs = stride(from: 0, to: fields.count - 1, by: 2).map { (fields[$0].text, fields[$0 + 1]) }
      let payload = pairs.first { $0.0 == "payload" }?.1.bytes
      let brand = payload.flatMap { JSONMember.number("brand_id", of: $0) }
      return brand == pairs.first { $0.0 == "brand_id" }?.1.text ? brand : nil
    }
  }
}
