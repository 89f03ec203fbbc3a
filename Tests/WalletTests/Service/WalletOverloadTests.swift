import Foundation
import Kernel
import Logging
import Platform
import Postgres
import TestSupport
import Testing

@testable import Wallet

@Suite("A wallet that can't keep up says so")
struct WalletOverloadTests {
  private static func deposit(_ number: Int) throws -> WalletRequest {
    WalletRequest(
      brand: Brand(
        id: try #require(BrandID(1)), code: try #require(BrandCode("default")), status: .enabled,
        currency: try #require(Currency(code: "EUR"))),
      key: "overload-\(number)", player: try #require(PlayerID(1)), action: .deposit(amount: 1), currency: nil, caller: .admin,
      requestID: "r",
      traceID: "t", logger: Logger(label: "test"))
  }

  @Test("what doesn't fit into the queue is refused with 503 overloaded at once, and everything else happens once")
  func overflow() async throws {
    try await WalletBench.run { bench in
      let commands = WalletCommands(database: bench.app, enforcement: .enforce, metrics: WalletMetrics(.init()), clock: .system)
      // Somebody holds the brand's chain: the first batch waits for it, and the others wait behind it.
      let (held, hold) = AsyncStream.makeStream(of: Void.self)
      let (released, release) = AsyncStream.makeStream(of: Void.self)
      let brand = try #require(BrandID(1))
      try await bench.deposit(1)
      async let holder: Void = bench.app.withBrand(brand, deadline: .seconds(30)) { transaction in
        _ = try await transaction.query("SELECT seq FROM wallet.wallet_chain WHERE brand_id = \(brand) FOR UPDATE")
        hold.finish()
        for await _ in released {}
      }
      for await _ in held {}
      let requests = try (0..<Limits.walletQueueCommandsMax + 1_500).map { try Self.deposit($0) }
      let outcomes = await withTaskGroup(of: WalletOutcome.self) { group in
        for request in requests { group.addTask { await Result { try await commands.execute(request) } } }
        var outcomes: [WalletOutcome] = []
        for await outcome in group {
          // The first answers can only be refusals: nothing else is decided while the chain is held.
          if outcomes.isEmpty { release.finish() }
          outcomes.append(outcome)
        }
        return outcomes
      }
      try await holder
      let accepted = outcomes.filter { (try? $0.get().status) == 201 }.count
      let refused = outcomes.compactMap { outcome -> Problem? in
        guard case .failure(let error) = outcome else { return nil }
        return error as? Problem
      }
      #expect(accepted + refused.count == requests.count)
      #expect(refused.allSatisfy { $0.reason == .overloaded && $0.retryAfterSeconds == 1 } && !refused.isEmpty)
      #expect(try await bench.balance() == 1 + accepted)
      try await bench.expectBalancedBooks()
    }
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
