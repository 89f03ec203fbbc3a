import Composition
import Contracts
import Crypto
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

/// A provider at a running stack: games open through the gateway, callbacks come to game_service.
@Suite("A game provider at a running stack", .serialized)
struct GameStackTests {
  private struct Callback: Encodable {
    let request: String
    let account: String
    let transaction: String
    let round = "round-1"
    let amount: Int64
    let currency: String
    var token: String?
    var reference: String?

    enum CodingKeys: String, CodingKey {
      case request = "request_uuid"
      case account = "user"
      case transaction = "transaction_uuid"
      case round
      case amount
      case currency
      case token
      case reference = "reference_transaction_uuid"
    }
  }

  private struct Launched: Decodable {
    let account: String
    let token: String

    enum CodingKeys: String, CodingKey {
      case account
      case token = "session_token"
    }
  }

  @Test(
    "S0-GAME-02 S0-E2E-27 a game opens under the brand's account and callbacks move that brand's money alone; Redis gone, a callback is decided or put off, and counts once"
  )
  func provider() async throws {
    try await RunningStack.run { stack in
      let brand = stack.brands[1]
      let player = try await stack.player("gamer", on: brand)
      let twin = try await stack.player("gamer", on: stack.brands[0])
      try await deposit(10_000, player, stack)
      try await deposit(10_000, twin, stack)
      let opened = try await stack.client.send(
        "POST", "/v1/games/mg/slot/launch", at: stack.url(.gateway), host: brand.host, token: player.token)
      let game = try opened.decode(Launched.self)
      #expect(game.account == "\(brand.code)_gamer")
      let bet = Callback(
        request: "q1", account: game.account, transaction: "b1", amount: 400, currency: brand.currency, token: game.token)
      #expect(try await say("bet", bet, stack) == "200 RS_OK 9600")
      #expect(try await say("bet", bet, stack) == "200 RS_OK 9600")
      // Internal headers of a stranger mean nothing at the callbacks' paths.
      let forged = try await stack.client.send(
        "POST", "/callbacks/mg/bet", at: stack.url(.gameService), body: bet, headers: stack.headers(of: .admin, brand))
      #expect(forged.text.contains("RS_ERROR_INVALID_SIGNATURE"))
      try await withoutRedis(game, brand, stack)
      let total = "SELECT sum(balance) FROM wallet.wallet_balance WHERE brand_id = "
      #expect(try await stack.psql("\(total)\(brand.id)") == "10050")
      #expect(try await stack.psql("\(total)\(stack.brands[0].id)") == "10000")
      for secret in [game.token, try #require(stack.settings["GAME_PROVIDER_KEYS"])] { #expect(!stack.log.contains(secret)) }
    }
  }

  /// Every callback is sent until it is decided; what it is told until then is only to send it again.
  private func withoutRedis(_ game: Launched, _ brand: StackBrand, _ stack: RunningStack) async throws {
    await stack.redis.stopForRestart()
    let win = Callback(
      request: "q2", account: game.account, transaction: "w1", amount: 450, currency: brand.currency, reference: "b1")
    let away = try await say("win", win, stack)
    #expect(["200 RS_OK 10050", "503 RS_ERROR_UNKNOWN"].contains(away), "\(away)")
    try await stack.redis.startAgain()
    try await eventually("the win is decided", within: .seconds(30), every: .milliseconds(200)) {
      try await say("win", win, stack) == "200 RS_OK 10050"
    }
  }

  private func deposit(_ amount: Int64, _ player: StackPlayer, _ stack: RunningStack) async throws {
    let reply = try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):gamer:deposit",
      body: WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency),
      headers: stack.headers(of: .admin, player.brand))
    #expect(reply.status == 201, "\(reply.text)")
  }

  private func say(_ operation: String, _ callback: Callback, _ stack: RunningStack) async throws -> String {
    let keys = try JSONDocument.parse(Array((stack.settings["GAME_SIMULATOR_KEYS"] ?? "").utf8))
    let key = SymmetricKey(data: Array(try #require(keys["mg"]?.text).utf8))
    let code = HMAC<SHA256>.authenticationCode(for: try JSONBytes.encode(callback), using: key)
    let reply = try await stack.client.send(
      "POST", "/callbacks/mg/\(operation)", at: stack.url(.gameService), body: callback,
      headers: ["X-MG-Signature": Hexadecimal.encode(code)])
    let answer = try JSONDocument.parse(reply.body)
    let balance: String = if case .number(let text)? = answer["balance"] { " \(text)" } else { "" }
    return "\(reply.status) \(answer["status"]?.text ?? "")\(balance)"
  }
}
