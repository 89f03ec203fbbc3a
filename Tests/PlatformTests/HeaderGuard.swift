import Contracts
import Kernel
import Platform
import Postgres
import Redis

/// Believes what headers say: what identity means is `Security`'s business, that it reaches the handler is the platform's.
struct HeaderGuard: RequestGuard {
  struct Broken: Error {}

  func admit(_ request: GuardedRequest) async throws -> RequestIdentity {
    switch request.header("x-test-failure") {
    case "redis": throw RedisError(.unreachable, "down")
    case "pool": throw PostgresError(.poolExhausted, "none free", operation: "test")
    case "unknown": throw PostgresError(.outcomeUnknown, "lost", operation: "commit")
    case "own": throw Broken()
    default: break
    }
    guard let brand = request.header(HeaderNames.brandID).flatMap({ BrandID(text: $0) }) else {
      throw Problem.brandContextRequired(route: request.route)
    }
    return RequestIdentity(
      caller: request.header(HeaderNames.callerService).flatMap { CallerLabel(rawValue: $0) }, brand: brand,
      brandCode: BrandCode("brand\(brand)"),
      player: request.header(HeaderNames.playerID).flatMap { PlayerID(text: $0) })
  }
}
