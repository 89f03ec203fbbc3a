import Synchronization

/// How often which harm was done.
final class TortureTally: Sendable {
  enum Harm: String, CaseIterable {
    case databaseKilled = "PostgreSQL killed"
    case walletKilled = "wallet killed"
    case redisKilled = "Redis killed"
    case redisFrozen = "Redis frozen"
    case redisFlushed = "Redis flushed"
  }

  private let counts = Mutex<[Harm: Int]>([:])

  func add(_ harm: Harm) { counts.withLock { $0[harm, default: 0] += 1 } }

  subscript(_ harm: Harm) -> Int { counts.withLock { $0[harm, default: 0] } }

  var text: String { Harm.allCases.map { "\($0.rawValue) \(self[$0])" }.joined(separator: ", ") }
}
