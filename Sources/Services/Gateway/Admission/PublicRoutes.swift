internal import Kernel

/// The public routes. What isn't listed here doesn't exist outside: internal paths can't be reached through the gateway, however they
/// are spelled, because a path is compared as it came and nothing is decoded or cleaned up first.
struct PublicRoutes: Sendable {
  enum Match: Hashable {
    case route(GatewayRoute)
    /// The path exists with other methods only.
    case methodNotAllowed(allowed: [HTTPVerb])
    case unknown
  }

  let routes: [GatewayRoute]
  private let exact: [String: [GatewayRoute]]
  private let patterns: [(segments: [Substring], route: GatewayRoute)]

  init(_ routes: [GatewayRoute]) {
    self.routes = routes
    exact = Dictionary(grouping: routes.filter { !$0.template.contains("{") }, by: \.template)
    patterns = routes.filter { $0.template.contains("{") }.map { ($0.template.split(separator: "/"), $0) }
  }

  /// - Parameter path: the path of the request target, without query.
  func match(_ verb: HTTPVerb, _ path: String) -> Match {
    let candidates = exact[path] ?? patternRoutes(path)
    // HEAD is GET without the body (RFC 9110 section 9.3.2).
    let wanted = verb == .head ? .get : verb
    if let route = candidates.first(where: { $0.verb == wanted }) { return .route(route) }
    return candidates.isEmpty ? .unknown : .methodNotAllowed(allowed: candidates.map(\.verb))
  }

  private func patternRoutes(_ path: String) -> [GatewayRoute] {
    guard !patterns.isEmpty, path.first == "/" else { return [] }
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    return patterns.filter { Self.fits(segments, $0.segments) }.map(\.route)
  }

  private static func fits(_ path: [Substring], _ template: [Substring]) -> Bool {
    guard path.count == template.count else { return false }
    return zip(path, template).allSatisfy { segment, pattern in
      guard pattern.first == "{" else { return segment == pattern }
      // `{tile}.p` is how tlog-tiles names a tile at the right edge: the only dot that a variable segment has.
      return pattern.hasSuffix("}.p") ? segment.hasSuffix(".p") && isPlainSegment(segment.dropLast(2)) : isPlainSegment(segment)
    }
  }

  /// Letters, digits, `-` and `_`: no dots and no percent signs, so that no service can read another path out of a variable segment.
  private static func isPlainSegment(_ segment: Substring) -> Bool {
    !segment.isEmpty
      && segment.utf8.allSatisfy { ByteClass.isDigit($0) || ByteClass.isLetter($0) || $0 == 0x2D || $0 == 0x5F }
  }

  /// The routes of this release.
  static let cordon = PublicRoutes(
    [
      GatewayRoute(.post, "/v1/players", "Register a player", to: .playerService, needsPlayer: false, rateClass: .credentials),
      GatewayRoute(.get, "/v1/players/me", "The player's own profile", to: .playerService),
      GatewayRoute(.post, "/v1/sessions", "Log in", to: .playerService, needsPlayer: false, rateClass: .credentials),
      GatewayRoute(
        .post, "/v1/sessions/refresh", "Exchange a refresh token for a new pair", to: .playerService, needsPlayer: false,
        rateClass: .credentials),
      GatewayRoute(.delete, "/v1/sessions/current", "Log out", to: .playerService),
      GatewayRoute(.get, "/v1/brand", "What the brand of this host shows in public", to: .playerService, needsPlayer: false),
      GatewayRoute(.get, "/v1/payment-channels", "How players of this host's brand can pay", to: .playerService, needsPlayer: false),
      // Not of a player: the body's own signature says whose it is, and the wallet asks for it before anything else.
      GatewayRoute(
        .post, "/v1/payments/plisio/callback", "What Plisio says of a payment", to: .walletService, needsPlayer: false, isSigned: true),
      GatewayRoute(.get, "/v1/wallet/balances", "The player's balances", to: .walletService),
      GatewayRoute(.get, "/v1/wallet/transactions", "The player's transactions, newest first", to: .walletService),
      GatewayRoute(.get, "/v1/wallet/receipts", "Proofs of what one of the player's commands posted", to: .walletService),
      GatewayRoute(.post, "/v1/wallet/deposits", "Ask for a deposit", to: .walletService, isSigned: true),
      GatewayRoute(.post, "/v1/wallet/bets", "Place a bet", to: .walletService, isSigned: true),
      GatewayRoute(.post, "/v1/games/{provider}/{game}/launch", "Open a game", to: .gameService),
      GatewayRoute(.post, "/v1/wallet/withdrawals", "Ask for a withdrawal", to: .walletService, isSigned: true),
    ] + logs)

  private static let log = "/log/brand/{brand_id}/{ledger}"
  /// The signed logs of the host's brand, for everybody. Entries aren't served: they are the players'.
  private static let logs =
    [GatewayRoute(.get, "\(log)/checkpoint", "The last signed checkpoint of a ledger", to: .walletService, needsPlayer: false)]
    + ["{a}", "{a}/{b}", "{a}/{b}/{c}", "{a}.p/{width}", "{a}/{b}.p/{width}", "{a}/{b}/{c}.p/{width}"].map {
      GatewayRoute(.get, "\(log)/tile/{level}/\($0)", "A tile of a ledger's tree of hashes", to: .walletService, needsPlayer: false)
    }
}
