internal import Contracts
internal import Foundation
package import Kernel
internal import Platform

/// Plays the main job on a running stack: the same account name on two brands deposits, bets, wins and withdraws; then the attacks that
/// must fail. Everything a player does goes through the gateway; results of bets come from where they really come from, another role with its own token.
package struct TwoBrandDemo: Sendable {
  private let client: StackClient
  private let addresses: StackAddresses
  private let brands: [DemoBrand]
  private let account: String
  private let password = "correct horse battery staple"
  private let recorder: DemoRecorder

  /// - Parameters:
  ///   - brands: id, code, host and currency of the two.
  ///   - run: makes the account and all keys of this run its own, so that a stack can be shown again and again.
  ///   - observe: told each step as it ends.
  package init(
    client: StackClient, addresses: StackAddresses, brands: [Brand], run: String, observe: @escaping @Sendable (DemoStep) -> Void
  ) {
    self.client = client
    self.addresses = addresses
    self.brands = brands.map { DemoBrand(id: $0.id.rawValue, code: $0.code.rawValue, host: "\($0.code).local", currency: $0.currency.code) }
    self.account = "alice_\(run)"
    self.recorder = DemoRecorder(observe: observe)
  }

  package func play() async -> DemoReport {
    var players: [DemoPlayer] = []
    for brand in brands {
      if let player = await join(brand) { players.append(player) }
    }
    guard let operatorToken = await signIn(), players.count == brands.count, let first = players.first, let second = players.last else {
      return await recorder.report
    }
    await recorder.step("one account name is two players", nil, expect: "two") { first.id == second.id ? "one" : "two" }
    for player in players { await playTheDay(of: player, operatorToken) }
    await attacks(first, second)
    for brand in brands { await books(of: brand) }
    return await recorder.report
  }

  // MARK: Joining

  private func join(_ brand: DemoBrand) async -> DemoPlayer? {
    await recorder.step("the host \(brand.host) is the brand", brand.code, expect: "\(brand.code) \(brand.currency)") {
      let answer = try await client.send("GET", "/v1/brand", at: addresses.gateway, host: brand.host).decode(BrandBody.self)
      return "\(answer.brandCode) \(answer.currency)"
    }
    await recorder.step("register \(account)", brand.code, expect: "201") {
      try await client.send(
        "POST", "/v1/players", at: addresses.gateway, host: brand.host,
        body: RegistrationBody(account: account, password: password, email: nil, phone: nil)
      ).summary
    }
    let session = Kept<TokenPairBody>()
    await recorder.step("log in", brand.code, expect: "200") {
      let reply = try await client.send(
        "POST", "/v1/sessions", at: addresses.gateway, host: brand.host, body: CredentialsBody(account: account, password: password))
      session.value = try? reply.decode(TokenPairBody.self)
      return reply.summary
    }
    return session.value.map { DemoPlayer(brand: brand, id: $0.playerID, token: $0.accessToken) }
  }

  private func signIn() async -> String? {
    let token = Kept<String>()
    await recorder.step("operator signs in", nil, expect: "201") {
      let reply = try await client.send(
        "POST", "/v1/admin/sessions", at: addresses.admin,
        body: ["admin_id": addresses.operatorID, "password": addresses.operatorPassword])
      token.value = try? reply.decode(OperatorToken.self).accessToken
      return reply.summary
    }
    return token.value
  }

  // MARK: A day

  private struct OperatorToken: Decodable {
    let accessToken: String

    enum CodingKeys: String, CodingKey {
      case accessToken = "access_token"
    }
  }

  private struct ManualDeposit: Encodable {
    let amount: Int64
    let currency: String
    let reason: String
  }

  private func playTheDay(of player: DemoPlayer, _ operatorToken: String) async {
    let brand = player.brand
    await recorder.step("operator credits a deposit of 100.00 \(brand.currency)", brand.code, expect: "201") {
      try await client.send(
        "POST", "/v1/admin/players/\(player.id)/deposits", at: addresses.admin, token: operatorToken,
        key: "\(brand.code):\(account):deposit",
        body: ManualDeposit(amount: 10_000, currency: brand.currency, reason: "demonstration"),
        headers: [HeaderNames.operatorID: addresses.operatorID, HeaderNames.brandID: String(brand.id)]
      ).summary
    }
    await expectTotal(10_000, of: player, "balance after the deposit")
    let bet = Kept<WalletCommandAnswer>()
    await recorder.step("bet 25.00", brand.code, expect: "201") {
      let reply = try await asPlayer(
        player, "POST", "/v1/wallet/bets", key: "bet", body: WalletBetBody(amount: 2_500, currency: brand.currency))
      bet.value = try? reply.decode(WalletCommandAnswer.self)
      return reply.summary
    }
    await recorder.step("the same bet again is the same bet", brand.code, expect: "201 replayed") {
      let reply = try await asPlayer(
        player, "POST", "/v1/wallet/bets", key: "bet", body: WalletBetBody(amount: 2_500, currency: brand.currency))
      return reply.summary + (reply.headers[HeaderNames.idempotencyReplayed] == "true" ? " replayed" : "")
    }
    await recorder.step("the bet wins 60.00", brand.code, expect: "200") { try await settle(bet.value, of: player).summary }
    await expectTotal(13_500, of: player, "balance after the win")
    await recorder.step("request a withdrawal of 50.00", brand.code, expect: "201") {
      try await asPlayer(
        player, "POST", "/v1/wallet/withdrawals", key: "withdrawal", body: WalletAmountBody(amount: 5_000, currency: brand.currency)
      ).summary
    }
    await expectTotal(8_500, of: player, "balance after the request")
    await recorder.step("history", brand.code, expect: "withdraw requested, bet settled, deposit approved") {
      let reply = try await asPlayer(player, "GET", "/v1/wallet/transactions")
      return try reply.decode(WalletTransactionsAnswer.self).data.map { "\($0.kind) \($0.state)" }.joined(separator: ", ")
    }
    if let provider = addresses.provider { await play(player, at: provider) }
  }

  /// A provider's game: it opens under the brand's own account, and what the provider then says by callbacks counts once.
  private func play(_ player: DemoPlayer, at provider: DemoProvider) async {
    let (brand, outbound) = (player.brand, "\(player.brand.code)_\(account)")
    let token = Kept<String>()
    await recorder.step("a game of mg opens for \(outbound)", brand.code, expect: "201 \(outbound)") {
      let reply = try await asPlayer(player, "POST", "/v1/games/mg/demo/launch")
      token.value = JSONMember.text("session_token", of: reply.body)
      return "\(reply.summary) \(JSONMember.text("account", of: reply.body) ?? "")"
    }
    var bet = DemoProvider.Callback(
      request: "\(account):bet", account: outbound, transaction: "\(account):bet", round: "\(account):1", amount: 500,
      currency: brand.currency)
    bet.token = token.value
    for name in ["mg's callback bets 5.00", "mg sends the bet again and gets the same answer"] {
      await say(bet, "bet", of: provider, name, brand, balance: 8_000)
    }
    var win = DemoProvider.Callback(
      request: "\(account):win", account: outbound, transaction: "\(account):win", round: "\(account):1", amount: 500,
      currency: brand.currency)
    win.reference = bet.transaction
    await say(win, "win", of: provider, "mg's callback pays 5.00", brand, balance: 8_500)
  }

  private func say(
    _ callback: DemoProvider.Callback, _ operation: String, of provider: DemoProvider, _ name: String, _ brand: DemoBrand, balance: Int64
  ) async {
    await recorder.step(name, brand.code, expect: "RS_OK \(balance)") {
      let reply = try await client.send(
        "POST", "/callbacks/mg/\(operation)", at: provider.address, body: callback, headers: try provider.headers(for: callback))
      return "\(JSONMember.text("status", of: reply.body) ?? "") \(JSONMember.number("balance", of: reply.body) ?? "")"
    }
  }

  private func expectTotal(_ total: Int64, of player: DemoPlayer, _ name: String) async {
    await recorder.step(name, player.brand.code, expect: "\(total) \(player.brand.currency)") {
      let answer = try await asPlayer(player, "GET", "/v1/wallet/balances").decode(WalletBalancesAnswer.self)
      return "\(answer.total) \(answer.currency)"
    }
  }

  private func asPlayer(
    _ player: DemoPlayer, _ method: String, _ path: String, key: String? = nil, body: (any Encodable & Sendable)? = nil
  ) async throws -> StackReply {
    try await client.send(
      method, path, at: addresses.gateway, host: player.brand.host, token: player.token, key: key.map { "\(account):\($0)" }, body: body)
  }

  private func settle(_ bet: WalletCommandAnswer?, of player: DemoPlayer) async throws -> StackReply {
    let transaction = bet?.transaction
    return try await client.send(
      "POST", "/internal/wallet/settle", at: addresses.wallet, key: "\(player.brand.code):\(account):win",
      body: WalletSettleBody(
        player: player.id, amount: 6_000, currency: player.brand.currency, provider: transaction?.provider ?? "house",
        reference: transaction?.reference ?? "none"), headers: internalHeaders(.game, player.brand))
  }

  private func internalHeaders(_ caller: CallerLabel, _ brand: DemoBrand) -> [String: String] {
    [
      HeaderNames.callerService: caller.rawValue, HeaderNames.internalServiceToken: addresses.tokens[caller] ?? "",
      HeaderNames.brandID: String(brand.id),
    ]
  }

  // MARK: Attacks

  private func attacks(_ first: DemoPlayer, _ second: DemoPlayer) async {
    await refused("\(first.brand.code)'s token on \(second.brand.code)'s host", "403 jwt_domain_mismatch") {
      try await client.send("GET", "/v1/wallet/balances", at: addresses.gateway, host: second.brand.host, token: first.token)
    }
    await recorder.step("attack: a forged X-Brand-Id changes nothing", first.brand.code, expect: "8500 \(first.brand.currency)") {
      let reply = try await client.send(
        "GET", "/v1/wallet/balances", at: addresses.gateway, host: first.brand.host, token: first.token,
        headers: [HeaderNames.brandID: String(second.brand.id), HeaderNames.playerID: String(second.id)])
      let answer = try reply.decode(WalletBalancesAnswer.self)
      return "\(answer.total) \(answer.currency)"
    }
    await refused("a host that no brand has", "404 unknown_domain") {
      try await client.send("GET", "/v1/brand", at: addresses.gateway, host: "nosuch.example")
    }
    await refused("no token", "401 unauthenticated") {
      try await client.send("GET", "/v1/wallet/balances", at: addresses.gateway, host: first.brand.host)
    }
    await refused("an internal route from outside", "404 not_found") {
      try await client.send(
        "POST", "/internal/wallet/deposit", at: addresses.gateway, host: first.brand.host, key: "\(account):theft",
        body: WalletDepositBody(player: first.id, amount: 1_000_000, currency: first.brand.currency),
        headers: internalHeaders(.admin, first.brand))
    }
    await refused("a command on another brand's player", "403 cross_brand_rejected") {
      try await client.send(
        "POST", "/internal/wallet/deposit", at: addresses.wallet, key: "\(account):crossed",
        body: WalletDepositBody(player: first.id, amount: 1, currency: second.brand.currency),
        headers: internalHeaders(.admin, second.brand))
    }
  }

  private func refused(_ name: String, _ expected: String, _ attack: @Sendable () async throws -> StackReply) async {
    await recorder.step("attack: \(name) is refused", nil, expect: expected) { try await attack().summary }
  }

  // MARK: Books

  private func books(of brand: DemoBrand) async {
    await recorder.step("the books balance", brand.code, expect: "sum 0, 0 differences") {
      let reply = try await client.send(
        "GET", "/internal/wallet/trial-balance", at: addresses.wallet, headers: internalHeaders(.admin, brand))
      let books = try reply.decode(WalletTrialBalance.self)
      return "sum \(books.lines.reduce(0) { $0 + $1.balance }), \(books.differences) differences"
    }
  }
}
