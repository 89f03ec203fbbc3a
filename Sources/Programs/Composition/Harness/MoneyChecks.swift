internal import Contracts
internal import Kernel

/// Money of one brand never touches the other's.
struct MoneyChecks: Sendable {
  let stack: HarnessStack
  let cast: HarnessCast
  let profile: HarnessProfile
  /// Makes this run's keys its own.
  let run: String

  private struct ManualDeposit: Encodable {
    let amount: Int64
    let currency: String
    let reason = "two-brand harness"
  }

  private struct Reason: Encodable {
    let reason = "two-brand harness"
  }

  var reads: HarnessCheck {
    HarnessCheck("a deposit shows on its own brand alone, in that brand's currency", ["S0-E2E-17", "S0-CFG-10"]) { comparison in
      for brand in cast.brands {
        let (player, other) = (try await cast.player(of: brand), try await cast.player(of: cast.other(than: brand)))
        let before = (own: try await stack.balance(of: player), other: try await stack.balance(of: other))
        comparison.expect("deposit on \(brand.code)", try await deposit(10_000, to: player, "read").summary, is: "201")
        let after = (own: try await stack.balance(of: player), other: try await stack.balance(of: other))
        comparison.expect("total on \(brand.code)", after.own.total, is: before.own.total + 10_000)
        comparison.expect("currency on \(brand.code)", after.own.currency, is: brand.currency)
        comparison.expect("balances on \(other.brand.code)", after.other, is: before.other)
      }
    }
  }

  var identity: HarnessCheck {
    HarnessCheck(
      "internal calls as \(stack.identity.caller.rawValue) read each brand's own topology and policy", ["S0-TOK-16", "S0-SMK-03"]
    ) { comparison in
      for brand in cast.brands {
        for document in ["topology", "policy"] {
          let reply = try await stack.call(brand, "GET", "/internal/wallet/\(document)")
          comparison.expect("\(document) of \(brand.code)", reply.summary, is: "200")
          comparison.expect("brand of that \(document)", JSONMember.number("brand_id", of: reply.body), is: String(brand.id))
        }
        let stranger = try await stack.call(brand, "GET", "/internal/wallet/topology", token: "not-the-token-of-anybody")
        comparison.expect("a wrong token is answered \(stranger.summary)", [401, 403].contains(stranger.status))
      }
    }
  }

  /// Deposit, bet, settle and withdraw. Rolling belongs to a service that comes later.
  func day(on code: String) -> HarnessCheck {
    HarnessCheck("a day of deposit, bet, settle, withdraw on \(code) leaves the other brand as it was", ["S0-E2E-25", "S0-SMK-04"]) {
      comparison in
      guard let brand = cast.brands.first(where: { $0.code == code }) else { throw HarnessFault.brandMissing(code: code) }
      let (player, other) = (try await cast.player(of: brand), cast.other(than: brand))
      let before = (own: try await stack.snapshot(brand), other: try await stack.snapshot(other))
      let total = try await stack.balance(of: player).total

      comparison.expect("deposit", try await deposit(10_000, to: player, "day").summary, is: "201")
      let bet = try await bet(2_500, of: player, "day")
      comparison.expect("bet", bet.summary, is: "201")
      comparison.expect("settle", try await settle(6_000, bet, of: player, "day").summary, is: "200")
      let withdrawal = try await stack.play(
        player, "POST", "/v1/wallet/withdrawals", key: key(player, "withdraw"),
        body: WalletAmountBody(amount: 5_000, currency: brand.currency))
      comparison.expect("withdrawal", withdrawal.summary, is: "201")
      for step in ["approve", "pay"] {
        comparison.expect("withdrawal \(step)", try await decide(step, withdrawal, of: player).status < 300, is: true)
      }

      comparison.expect("total", try await stack.balance(of: player).total, is: total + 10_000 - 2_500 + 6_000 - 5_000)
      let after = (own: try await stack.snapshot(brand), other: try await stack.snapshot(other))
      comparison.expect("the ledger of \(code) has not grown", after.own.ledgerEntries > before.own.ledgerEntries)
      comparison.expect("the money of \(other.code)", after.other, is: before.other)
    }
  }

  var foreignPlayer: HarnessCheck {
    HarnessCheck("a command on the other brand's player is counted and moves nothing", ["S0-SMK-05"]) { comparison in
      for brand in cast.brands {
        let target = try await cast.player(of: cast.other(than: brand))
        let before = try await state()
        let counted = try await rejections()
        let reply = try await stack.call(
          brand, "POST", "/internal/wallet/deposit", key: "\(run):\(brand.code):crossed",
          body: WalletDepositBody(player: target.id, amount: 1_000, currency: brand.currency))
        let name = "deposit to \(target.brand.code)'s player on \(brand.code)"
        comparison.expect(name, reply.summary, is: profile.foreignPlayer)
        comparison.expect("\(name) is a problem document", reply.headers["content-type"], is: "application/problem+json")
        let countedAfter = try await rejections()
        comparison.expect("\(name): wallet_cross_brand_rejected_total went from \(counted) to \(countedAfter)", countedAfter > counted)
        comparison.expect("money after it", try await state().map(\.balances), is: before.map(\.balances))
        comparison.expect("entries after it", try await state().map(\.ledgerEntries), is: before.map(\.ledgerEntries))
      }
    }
  }

  var repetition: HarnessCheck {
    HarnessCheck("the same request again is the same command; another payload is refused", ["S0-SMK-07"]) { comparison in
      for brand in cast.brands {
        let player = try await cast.player(of: brand)
        let first = try await bet(100, of: player, "again")
        let before = try await stack.snapshot(brand)
        let second = try await bet(100, of: player, "again")
        comparison.expect("first bet on \(brand.code)", first.summary, is: "201")
        comparison.expect("second bet on \(brand.code)", second.summary, is: "201")
        comparison.expect("second answer is the first", second.body == first.body)
        comparison.expect("mark of the second", second.headers[HeaderNames.idempotencyReplayed], is: "true")
        comparison.expect("other amount", try await bet(200, of: player, "again").summary, is: "422 idempotency_mismatch")
        comparison.expect("money of \(brand.code)", try await stack.snapshot(brand), is: before)
      }
    }
  }

  // MARK: Commands

  private func key(_ player: DemoPlayer, _ what: String) -> String { "\(run):\(player.brand.code):\(what)" }

  private func deposit(_ amount: Int64, to player: DemoPlayer, _ what: String) async throws -> StackReply {
    try await stack.operate(
      player.brand, try await cast.operatorToken(), "POST", "/v1/admin/players/\(player.id)/deposits", key: key(player, "deposit:\(what)"),
      body: ManualDeposit(amount: amount, currency: player.brand.currency))
  }

  private func bet(_ amount: Int64, of player: DemoPlayer, _ what: String) async throws -> StackReply {
    try await stack.play(
      player, "POST", "/v1/wallet/bets", key: key(player, "bet:\(what)"),
      body: WalletBetBody(amount: amount, currency: player.brand.currency))
  }

  private func settle(_ amount: Int64, _ bet: StackReply, of player: DemoPlayer, _ what: String) async throws -> StackReply {
    let transaction = try bet.decode(WalletCommandAnswer.self).transaction
    return try await stack.call(
      player.brand, "POST", "/internal/wallet/settle", key: key(player, "settle:\(what)"),
      body: WalletSettleBody(
        player: player.id, amount: amount, currency: player.brand.currency, provider: transaction?.provider ?? "house",
        reference: transaction?.reference ?? "none"))
  }

  private func decide(_ step: String, _ withdrawal: StackReply, of player: DemoPlayer) async throws -> StackReply {
    let transaction = try withdrawal.decode(WalletCommandAnswer.self).transaction?.id ?? "none"
    return try await stack.operate(
      player.brand, try await cast.operatorToken(), "POST", "/v1/admin/players/\(player.id)/withdrawals/\(transaction)/\(step)",
      key: key(player, step), body: Reason())
  }

  private func state() async throws -> [BrandSnapshot] {
    var state: [BrandSnapshot] = []
    for brand in cast.brands { state.append(try await stack.snapshot(brand)) }
    return state
  }

  private func rejections() async throws -> Double {
    try await stack.metrics(.walletService).total(
      "wallet_cross_brand_rejected_total", ["command": "deposit", "mode": profile.rawValue])
  }
}
