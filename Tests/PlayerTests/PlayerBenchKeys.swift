@testable internal import Player

/// Redis keys as the service writes them.
enum PlayerBenchKeys {
  static func attempts(_ account: String, _ brand: Int64) -> String { LoginThrottle.key(account, PlayerBench.brand(brand)) }
}
