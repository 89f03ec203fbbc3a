internal import Contracts
internal import Kernel
internal import Platform

/// The doors of a running stack that the simulator goes through besides the callbacks: as a player at the gateway, as other roles inside.
struct SimulatorStack: Sendable {
  private static let triesMax = 8

  let client: StackClient
  let gateway: String
  let wallet: String
  let game: String
  /// The admin's, which pays deposits in.
  let token: String

  private func ask(
    _ method: String, _ path: String, at base: String, host: String? = nil, token: String? = nil, key: String? = nil,
    body: (any Encodable & Sendable)? = nil, headers: [String: String] = [:]
  ) async throws -> StackReply {
    for _ in 1..<Self.triesMax {
      let reply: StackReply
      do {
        reply = try await client.send(method, path, at: base, host: host, token: token, key: key, body: body, headers: headers)
      } catch {
        throw SimulatorFault.unreachable(url: base, why: "\(error)")
      }
      // The gateway counts registrations and calls of one address.
      guard [429, 503].contains(reply.status) else { return reply }
      try await Task.sleep(for: .seconds(min(10, Int64(reply.headers["retry-after"] ?? "") ?? 1)))
    }
    throw SimulatorFault.unreachable(url: base + path, why: "too busy")
  }

  private func refusal(_ what: String, _ reply: StackReply) -> SimulatorFault { .refused(what: what, answer: reply.summary) }

  /// - Throws: `SimulatorFault.production` when any of them says so.
  func refuseProduction() async throws {
    for base in [gateway, game, wallet] {
      let label = JSONMember.text("environment", of: try await ask("GET", "/health", at: base).body) ?? "unknown"
      // One that says nothing may be one.
      if ["production", "prod", "live", "unknown"].contains(label) { throw SimulatorFault.production(label: label) }
    }
  }

  /// Anybody may ask what a host's brand is called; its number only roles know.
  func brand(at host: String) async throws -> DemoBrand {
    let reply = try await ask("GET", "/v1/brand", at: gateway, host: host)
    guard let code = JSONMember.text("brand_code", of: reply.body), let currency = JSONMember.text("currency", of: reply.body) else {
      throw SimulatorFault.brandMissing(host)
    }
    let parsed = try await ask("GET", "/internal/game/reverse-parse-account?account=\(code)_nobody", at: game, headers: caller)
    guard let id = JSONMember.number("brand_id", of: parsed.body).flatMap({ Int64($0) }) else {
      throw refusal("the brand of \(code)_nobody", parsed)
    }
    return DemoBrand(id: id, code: code, host: host, currency: currency)
  }

  // MARK: Players

  func register(_ account: String, on brand: DemoBrand) async throws -> SimulatorPlayer {
    let password = RandomPassword.make()
    let reply = try await ask(
      "POST", "/v1/players", at: gateway, host: brand.host, body: RegistrationBody(account: account, password: password))
    guard reply.status == 201 else { throw refusal("registering \(account) on \(brand.host)", reply) }
    var player = SimulatorPlayer(brand: brand, account: account, id: 0, password: password, token: "")
    let session = try await logIn(player)
    player = SimulatorPlayer(brand: brand, account: account, id: session.playerID, password: password, token: session.accessToken)
    return player
  }

  private func logIn(_ player: SimulatorPlayer) async throws -> TokenPairBody {
    let reply = try await ask(
      "POST", "/v1/sessions", at: gateway, host: player.brand.host,
      body: CredentialsBody(account: player.account, password: player.password))
    guard let pair = try? reply.decode(TokenPairBody.self) else { throw refusal("logging in on \(player.brand.host)", reply) }
    return pair
  }

  /// As the player; with a new token where the old one has ended.
  private func play(_ player: inout SimulatorPlayer, _ method: String, _ path: String) async throws -> StackReply {
    let reply = try await ask(method, path, at: gateway, host: player.brand.host, token: player.token)
    guard reply.status == 401 else { return reply }
    player.token = try await logIn(player).accessToken
    return try await ask(method, path, at: gateway, host: player.brand.host, token: player.token)
  }

  func total(of player: inout SimulatorPlayer) async throws -> Int64 {
    let reply = try await play(&player, "GET", "/v1/wallet/balances")
    guard let answer = try? reply.decode(WalletBalancesAnswer.self) else { throw refusal("the balance", reply) }
    return answer.total
  }

  func launch(_ provider: SimulatedProvider, _ game: String, for player: inout SimulatorPlayer) async throws -> (
    account: String, token: String
  ) {
    let reply = try await play(&player, "POST", "/v1/games/\(provider.rawValue)/\(game)/launch")
    guard let account = JSONMember.text("account", of: reply.body), let token = JSONMember.text("session_token", of: reply.body) else {
      throw refusal("opening a game of \(provider.rawValue)", reply)
    }
    return (account, token)
  }

  /// The player's bets whose id begins with a prefix: state and what they won, by what follows it.
  func bets(of player: inout SimulatorPlayer, prefix: String) async throws -> [String: String] {
    var (bets, cursor): ([String: String], String?) = ([:], nil)
    repeat {
      let reply = try await play(&player, "GET", "/v1/wallet/transactions?limit=100" + (cursor.map { "&cursor=\($0)" } ?? ""))
      guard let page = try? reply.decode(WalletTransactionsAnswer.self) else { throw refusal("the history", reply) }
      let own = page.data.filter { $0.kind == "bet" && $0.reference?.hasPrefix(prefix) == true }
      for bet in own {
        bets[String((bet.reference ?? "").dropFirst(prefix.count))] = "\(bet.state) \(bet.amount) \(bet.settledAmount ?? 0)"
      }
      // Newest first: a page without one, after some, is older than the session.
      cursor = page.hasMore && (bets.isEmpty || !own.isEmpty) ? page.nextCursor : nil
    } while cursor != nil
    return bets
  }

  // MARK: Inside

  func deposit(_ amount: Int64, to player: SimulatorPlayer, key: String) async throws {
    let reply = try await ask(
      "POST", "/internal/wallet/deposit", at: wallet, key: key,
      body: WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency), headers: headers(player.brand))
    guard reply.status < 300 else { throw refusal("a deposit", reply) }
  }

  /// Nil when the brand's books balance.
  func imbalance(of brand: DemoBrand) async throws -> String? {
    let reply = try await ask("GET", "/internal/wallet/trial-balance", at: wallet, headers: headers(brand))
    guard let books = try? reply.decode(WalletTrialBalance.self) else { throw refusal("the trial balance", reply) }
    let sum = books.lines.reduce(0) { $0 + $1.balance }
    return sum == 0 && books.differences == 0 ? nil : "sum \(sum), \(books.differences) differences"
  }

  private var caller: [String: String] {
    [HeaderNames.callerService: CallerLabel.admin.rawValue, HeaderNames.internalServiceToken: token]
  }

  private func headers(_ brand: DemoBrand) -> [String: String] { caller.merging([HeaderNames.brandID: String(brand.id)]) { $1 } }
}
