import Foundation
import Kernel
import TestSupport
import Testing

@testable import Wallet

@Suite("Commands that arrive together")
struct WalletBatchTests {
  @Test("S0-WAL-18 a hundred twins of one request have one effect and identical bodies, whether they meet in a batch or not")
  func twins() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(1_000)
      for round in 0..<10 {
        let answers = try await withThrowingTaskGroup(of: WalletCall.self) { group in
          for _ in 0..<100 { group.addTask { try await bench.bet(10, reference: "r\(round)", key: "twin-\(round)") } }
          return try await group.reduce(into: [WalletCall]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 201 })
        #expect(Set(answers.map(\.text)).count == 1)
        #expect(answers.filter { $0.headers["idempotency-replayed"] == nil }.count == 1)
        #expect(try await bench.balance() == 1_000 - 10 * (round + 1))
      }
      try await bench.expectBalancedBooks()
    }
  }

  @Test("commands on one player see one another in their order: a balance is never spent twice")
  func oneBalance() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(50)
      let answers = try await withThrowingTaskGroup(of: WalletCall.self) { group in
        for number in 0..<100 { group.addTask { try await bench.bet(10, reference: "b\(number)") } }
        return try await group.reduce(into: [WalletCall]()) { $0.append($1) }
      }
      #expect(answers.filter { $0.status == 201 }.count == 5)
      #expect(answers.filter { $0.reason == "insufficient_funds" }.count == 95)
      #expect(try await bench.balance() == 0)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("a command that the database refuses doesn't take its neighbours with it")
  func poison() async throws {
    try await WalletBench.run { bench in
      try await bench.database.psql(
        """
        CREATE FUNCTION public.poisoned() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.request_id LIKE 'poison%' THEN RAISE EXCEPTION 'planted fault'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER planted BEFORE INSERT ON wallet.wallet_ledger FOR EACH ROW EXECUTE FUNCTION public.poisoned();
        """)
      let statuses = try await withThrowingTaskGroup(of: (String, Int).self) { group in
        for number in 0..<40 {
          let key = number % 13 == 5 ? "poison-\(number)" : "sound-\(number)"
          group.addTask { (key, try await bench.deposit(1, key: key).status) }
        }
        return try await group.reduce(into: [String: Int]()) { $0[$1.0] = $1.1 }
      }
      for (key, status) in statuses { #expect(status == (key.hasPrefix("poison") ? 500 : 201), "\(key)") }
      #expect(try await bench.balance() == statuses.values.filter { $0 == 201 }.count)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("a transaction goes through several states in one batch")
  func waves() async throws {
    try await WalletBench.run { bench in
      let asks = [WalletAction.deposit(amount: 500), .withdrawRequest(amount: 200)]
      let first = try await bench.together(asks)
      #expect(first.map(\.status) == [201, 201])
      let id = try #require(first[1].transactionID)
      let second = try await bench.together([
        .withdrawApprove(transaction: id), .withdrawPay(transaction: id), .withdrawDecline(transaction: id),
        .authorize(amount: 50, provider: "mg", reference: "w", round: nil), .settle(amount: 70, provider: "mg", reference: "w"),
        .settle(amount: 70, provider: "mg", reference: "w"), .rollback(provider: "mg", reference: "later"),
        .authorize(amount: 1, provider: "mg", reference: "later", round: nil),
      ])
      #expect(second.map(\.status) == [200, 200, 409, 201, 200, 409, 200, 409])
      #expect(try await bench.balance() == 320)
      try await bench.expectBalancedBooks()
    }
  }
}
