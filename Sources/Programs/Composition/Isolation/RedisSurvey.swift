internal import Redis

/// Looks at every key of a running stack's Redis.
struct RedisSurvey: Sendable {
  /// How much of a stream is read, from its end.
  private static let entriesRead = 1000

  let redis: RedisClient

  func keys() async throws -> Set<String> {
    var keys: Set<String> = []
    var cursor: String? = "0"
    while let next = cursor {
      let page = try await redis.scan(match: "*", cursor: next, pageSize: 500)
      keys.formUnion(page.keys)
      cursor = page.next
    }
    return keys
  }

  /// - Parameter brands: the numbers of all brands.
  func findings(brands: Set<Int64>) async throws -> [IsolationFinding] {
    var findings: [IsolationFinding] = []
    for key in try await keys().sorted() {
      switch RedisKeyRules.owner(of: key) {
      case .platform: continue
      case .stream: findings += try await streamFindings(key, brands)
      case .brand(let brand): if !brands.contains(brand) { findings.append(Self.finding(key, "names brand \(brand), which there isn't")) }
      case .named:
        guard let value = try await redis.get(key) else { continue }
        if RedisKeyRules.brand(in: value).map({ !brands.contains($0) }) ?? true {
          findings.append(Self.finding(key, "has a value that names no brand"))
        }
      case .nobody: findings.append(Self.finding(key, "is of no brand, and not on the platform's list"))
      }
    }
    return findings
  }

  private func streamFindings(_ stream: String, _ brands: Set<Int64>) async throws -> [IsolationFinding] {
    let named = try await StreamBrands.read(stream, entries: Self.entriesRead, from: redis)
    let unknown = named.count { $0.flatMap { Int64($0) }.map { !brands.contains($0) } ?? true }
    return unknown == 0 ? [] : [Self.finding(stream, "has \(unknown) of \(named.count) entries that don't name one brand")]
  }

  private static func finding(_ key: String, _ detail: String) -> IsolationFinding { IsolationFinding(.redis, "redis", key, detail) }
}
