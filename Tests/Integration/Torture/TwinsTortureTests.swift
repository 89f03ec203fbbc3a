import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// One request, many times at the same moment, at two wallets.
  @Suite("Twins", .serialized)
  struct TwinsTortureTests {
    private static let twins = 100
    private static let deposit: Int64 = 100
    private static let stake: Int64 = 60

    @Test("100 concurrent twins of one request at two wallet processes, 1,000 rounds in the long form: one effect, identical bodies")
    func twins() async throws {
      let settings = TortureSettings()
      let rounds = settings.isLong ? 1_000 : 20
      try await RunningStack.run { stack in
        let wallet = try RoleProcess(.walletService, stack: stack, port: try FreePort.next())
        do {
          try await wallet.serves()
          let wallets = [stack.url(.walletService), wallet.url]
          let findings = try await withThrowingTaskGroup(of: [String].self) { group in
            for brand in stack.brands {
              let player = try await stack.player("twin", on: brand)
              group.addTask { try await play(rounds / 2, stack, player, wallets) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
          }
          print(
            "torture twins: \(rounds) rounds of \(Self.twins) twins at \(wallets.count) wallets, both brands, \(findings.count) findings")
          #expect(findings.isEmpty, "\(findings.prefix(20).joined(separator: "\n"))")
          await wallet.kill()
        } catch {
          await wallet.kill()
          throw error
        }
      }
    }

    /// Deposits and bets in turns.
    private func play(_ rounds: Int, _ stack: RunningStack, _ player: StackPlayer, _ wallets: [String]) async throws -> [String] {
      var findings: [String] = []
      for round in 0..<rounds {
        let key = "\(player.brand.code):twins-\(round)"
        let answers = Set(try await answers(round, key, stack, player, wallets))
        if answers.count != 1 || answers.first?.hasPrefix("201 ") != true {
          findings.append("round \(round) of \(player.brand.code): \(answers.count) answers: \(answers.sorted().prefix(3))")
        }
      }
      let bets = rounds / 2
      let expected = Int64(rounds - bets) * Self.deposit - Int64(bets) * Self.stake
      let scope = "brand_id = \(player.brand.id) AND player_id = \(player.id)"
      let balance = try await stack.psql("SELECT sum(balance) FROM wallet.wallet_balance WHERE \(scope)")
      if balance != "\(expected)" { findings.append("\(player.brand.code) holds \(balance), not \(expected)") }
      for (table, rows) in [
        ("wallet.wallet_command WHERE \(scope)", rounds), ("wallet.wallet_transaction WHERE \(scope)", rounds),
        ("wallet.wallet_outbox WHERE brand_id = \(player.brand.id) AND payload ->> 'player_id' = '\(player.id)'", rounds),
      ] {
        let count = try await stack.psql("SELECT count(*) FROM \(table)")
        if count != "\(rows)" { findings.append("\(count) rows instead of \(rows): \(table)") }
      }
      return findings
    }

    private func answers(
      _ round: Int, _ key: String, _ stack: RunningStack, _ player: StackPlayer, _ wallets: [String]
    ) async throws -> [String] {
      let isDeposit = round % 2 == 0
      let headers = stack.headers(of: isDeposit ? .admin : .game, player.brand)
      return try await withThrowingTaskGroup(of: String.self) { group in
        for twin in 0..<Self.twins {
          group.addTask {
            let body: any Encodable & Sendable =
              isDeposit
              ? WalletDepositBody(player: player.id, amount: Self.deposit, currency: player.brand.currency)
              : WalletAuthorizeBody(
                player: player.id, amount: Self.stake, currency: player.brand.currency, provider: "mg", reference: key, round: nil)
            let reply = try await stack.client.send(
              "POST", "/internal/wallet/\(isDeposit ? "deposit" : "authorize")", at: wallets[twin % wallets.count], key: key, body: body,
              headers: headers)
            return "\(reply.status) \(reply.text)"
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
  }
}
