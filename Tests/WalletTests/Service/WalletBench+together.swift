import Foundation
import Kernel
import Logging
import Platform
import Testing

@testable import Wallet

extension WalletBench {
  struct Told: Sendable {
    let status: Int
    let transactionID: String?
  }

  /// Executes actions of brand 1's player 1 as commands that came in one request.
  func together(_ actions: [WalletAction]) async throws -> [Told] {
    let brand = Brand(
      id: try #require(BrandID(1)), code: try #require(BrandCode("default")), status: .enabled,
      currency: try #require(Currency(code: "EUR")))
    let commands = WalletCommands(database: app, enforcement: .enforce, metrics: WalletMetrics(.init()), clock: .system)
    let player = try #require(PlayerID(1))
    let outcomes = await commands.execute(
      actions.map { action in
        WalletRequest(
          brand: brand, key: "together-\(UUID().uuidString)", player: player, action: action, currency: nil, caller: .game, requestID: "r",
          traceID: "t", logger: Logger(label: "test"))
      })
    return try outcomes.map { outcome in
      let answer = try outcome.get()
      let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
      return Told(status: answer.status, transactionID: (object?["transaction"] as? [String: Any])?["transaction_id"] as? String)
    }
  }

  /// Executes commands of brand 1 that came in one request, as keys, players and actions; nil for one that failed.
  func statuses(of commands: [(key: String, player: Int64, action: WalletAction)]) async throws -> [Int?] {
    let brand = Brand(
      id: try #require(BrandID(1)), code: try #require(BrandCode("default")), status: .enabled,
      currency: try #require(Currency(code: "EUR")))
    let executor = WalletCommands(database: app, enforcement: .enforce, metrics: WalletMetrics(.init()), clock: .system)
    let requests = try commands.map { command in
      WalletRequest(
        brand: brand, key: "order-\(command.key)", player: try #require(PlayerID(command.player)), action: command.action, currency: nil,
        caller: .game, requestID: "r", traceID: "t", logger: Logger(label: "test"))
    }
    return await executor.execute(requests).map { outcome in (try? outcome.get())?.status }
  }
}
