import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// What an answer says of the failure beneath it: an operator who reads one knows where to look.
  @Suite("Failure classes", .serialized)
  struct FailureClassTests {
    private struct Refusal: Decodable {
      let reason: String
      let code: String
      let request: String
      let failure: String?

      enum CodingKeys: String, CodingKey {
        case reason
        case code
        case request = "request_id"
        case failure = "failure_class"
      }
    }

    @Test(
      "S4-INC-01 S4-INT-06 without PostgreSQL writes are refused with db.unavailable, the same each time under a new id, and nothing of them is kept anywhere"
    )
    func unreachable() async throws {
      try await RunningStack.run(durable: true) { stack in
        let player = try await stack.player("failing", on: stack.brands[0])
        await stack.postgres.stopForRestart()
        var refusals: [Refusal] = []
        for _ in 0..<2 {
          let reply = try await deposit(player, stack)
          #expect(reply.status == 503)
          refusals.append(try reply.decode(Refusal.self))
        }
        let registration = try await stack.client.send(
          "POST", "/v1/players", at: stack.url(.gateway), host: player.brand.host,
          body: RegistrationBody(account: "late", password: "correct horse battery staple"))
        #expect(registration.status == 503)
        refusals.append(try registration.decode(Refusal.self))
        #expect(refusals.allSatisfy { $0.failure == "db.unavailable" && $0.reason == "unavailable" && $0.code == $0.reason })
        #expect(Set(refusals.map(\.request)).count == 3)

        try await stack.postgres.startAgain()
        try await stack.expectRecovered()
        #expect(try await stack.psql("SELECT count(*) FROM wallet.wallet_command") == "0")
        #expect(try await stack.psql("SELECT count(*) FROM cordon.player WHERE account_key = 'late'") == "0")
        #expect(try await deposit(player, stack).status == 201)
      }
    }

    @Test(
      "S4-INC-02 a process whose connections are all taken says db.pool_exhausted, and never that PostgreSQL is gone",
      .timeLimit(.minutes(2)))
    func exhausted() async throws {
      try await RunningStack.run { stack in
        let player = try await stack.player("waiting", on: stack.brands[0])
        let classes = try await withThrowingTaskGroup(of: String?.self) { group in
          group.addTask {
            // brand-global: test: holds whoever reads
            try await stack.psql("BEGIN; LOCK TABLE cordon.player IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(20); COMMIT")
            return nil
          }
          try await Task.sleep(for: .seconds(1))
          for _ in 0..<60 {
            group.addTask {
              let reply = try await stack.client.send(
                "GET", "/internal/wallet/players/\(player.id)/balances", at: stack.url(.walletService),
                headers: stack.headers(of: .admin, player.brand), within: .seconds(60))
              return try reply.status == 200 ? nil : reply.decode(Refusal.self).failure ?? "none"
            }
          }
          return try await group.reduce(into: [String: Int]()) { count, failure in
            if let failure { count[failure, default: 0] += 1 }
          }
        }
        #expect(classes["db.pool_exhausted", default: 0] > 0, "\(classes)")
        #expect(Set(classes.keys).isSubset(of: ["db.pool_exhausted", "db.deadline"]), "\(classes)")
      }
    }

    private func deposit(_ player: StackPlayer, _ stack: RunningStack) async throws -> StackReply {
      try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):failing",
        body: WalletDepositBody(player: player.id, amount: 100, currency: player.brand.currency),
        headers: stack.headers(of: .admin, player.brand))
    }
  }
}
