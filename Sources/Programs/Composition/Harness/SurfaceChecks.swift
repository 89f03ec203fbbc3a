internal import Contracts
internal import Kernel
internal import Postgres

/// What the outside can and can't reach.
struct SurfaceChecks: Sendable {
  private static let mismatch = (name: "brand_resolution_failed_total", labels: ["reason": "jwt_domain_mismatch"])

  let stack: HarnessStack
  let cast: HarnessCast
  let profile: HarnessProfile

  var accounts: HarnessCheck {
    HarnessCheck("one account name is two players", ["S0-E2E-16", "S0-E2E-09"]) { comparison in
      let players = try await cast.both()
      comparison.expect("both brands have the player \(players.first.id)", players.first.id != players.second.id)
      for player in [players.first, players.second] {
        let stored = try await stack.within(player.brand) { transaction in
          let rows = try await transaction.query(
            """
            SELECT player_id FROM cordon.player
            WHERE brand_id = \(transaction.brand) AND account_key = \(HarnessCast.accountName)
            """)
          return try rows.map { try $0.get("player_id", as: Int64.self) }
        }
        comparison.expect("players of \(player.brand.code)", stored, is: [player.id])
        let own = try await stack.play(player, "GET", "/v1/players/me")
        comparison.expect("profile at \(player.brand.host)", JSONMember.number("player_id", of: own.body), is: String(player.id))
      }
    }
  }

  var providerAccounts: HarnessCheck {
    HarnessCheck("provider accounts lead back to their brand", ["S0-E2E-19"]) { comparison in
      let players = try await cast.both()
      for player in [players.first, players.second] {
        let account = "\(player.brand.code)_\(HarnessCast.accountName)"
        let reply = try await stack.call(
          player.brand, "GET", "/internal/game/reverse-parse-account?account=\(account)", of: .gameService)
        comparison.expect("brand of \(account)", JSONMember.number("brand_id", of: reply.body), is: String(player.brand.id))
        comparison.expect("player of \(account)", JSONMember.number("player_id", of: reply.body), is: String(player.id))
      }
    }
  }

  var forgedBrand: HarnessCheck {
    HarnessCheck("X-Brand-Id from outside counts for nothing", ["S0-E2E-20"]) { comparison in
      let players = try await cast.both()
      for (player, other) in [(players.first, players.second), (players.second, players.first)] {
        let forged = [HeaderNames.brandID: String(other.brand.id), HeaderNames.playerID: String(other.id)]
        let brand = try await stack.visit(player.brand.host, "GET", "/v1/brand", headers: forged)
        comparison.expect("brand at \(player.brand.host)", JSONMember.text("brand_code", of: brand.body), is: player.brand.code)
        let balances = try await stack.play(player, "GET", "/v1/wallet/balances", headers: forged).decode(WalletBalancesAnswer.self)
        comparison.expect("player at \(player.brand.host)", balances.player, is: player.id)
        comparison.expect("currency at \(player.brand.host)", balances.currency, is: player.brand.currency)
      }
    }
  }

  var removedPaths: HarnessCheck {
    HarnessCheck("every removed back-office path is 404", ["S0-E2E-21", "S0-SMK-08"]) { comparison in
      let token = try await cast.operatorToken()
      for path in RemovedPaths.all {
        let outside = try await stack.visit(cast.first.host, "GET", path)
        comparison.expect("gateway \(path)", outside.status, is: 404)
        let inside = try await stack.operate(cast.first, token, "GET", path)
        comparison.expect("admin_service \(path)", inside.status, is: 404)
      }
    }
  }

  var metricLabels: HarnessCheck {
    HarnessCheck("the gateway's metrics name the brand", ["S0-E2E-22"]) { comparison in
      let named = try await stack.metrics(.gateway).brands
      for brand in cast.brands { comparison.expect("no series names \(brand.code)", named.contains(brand.code)) }
    }
  }

  var foreignToken: HarnessCheck {
    HarnessCheck("a token of one brand is worth nothing on the other", ["S0-E2E-23", "S0-E2E-24", "S0-SMK-02"]) { comparison in
      let players = try await cast.both()
      for (player, other) in [(players.first, players.second), (players.second, players.first)] {
        let own = try await stack.play(player, "GET", "/v1/wallet/balances")
        comparison.expect("own host of \(player.brand.code)", own.summary, is: "200")
        let before = try await stack.metrics(.gateway).total(Self.mismatch.name, Self.mismatch.labels)
        let reply = try await stack.play(player, "GET", "/v1/wallet/balances", host: other.brand.host)
        let after = try await stack.metrics(.gateway).total(Self.mismatch.name, Self.mismatch.labels)
        let name = "token of \(player.brand.code) on \(other.brand.host)"
        comparison.expect(name, reply.summary, is: profile.foreignToken)
        comparison.expect("\(name): \(Self.mismatch.name) went from \(before) to \(after)", after > before)
      }
    }
  }
}
