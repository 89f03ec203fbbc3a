import Contracts
import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Audit
@testable import Wallet

@Suite("Receipts of a command")
struct WalletReceiptTests {
  private static let session = "0197a000-0000-7000-8000-000000000001"

  /// What an answer's `Link` names.
  private static func target(of call: WalletCall) throws -> String {
    let link = try #require(call.headers["link"])
    let end = try #require(link.firstIndex(of: ">"))
    #expect(link.hasPrefix("</") && link[end...] == ">; rel=\"urn:cordon:receipts\"")
    return String(link[link.index(after: link.startIndex)..<end])
  }

  private static func receipts(_ call: WalletCall) throws -> WalletReceiptsAnswer {
    try JSONDecoder().decode(WalletReceiptsAnswer.self, from: Data(call.text.utf8))
  }

  private static func verifier(_ bench: LogBench) throws -> ReceiptVerifier {
    let name = try #require(bench.signer.history.operatorName.keysName)
    let key = try #require(VerifierKey(name: name, kind: .ed25519, publicKey: bench.signer.history.records[0].publicKey))
    return ReceiptVerifier(trust: Trust(keys: [key]))
  }

  private func bet(_ bench: LogBench, _ key: String, player: Int = 1) async throws -> WalletCall {
    try await bench.wallet.send(
      "/v1/wallet/bets", as: .gateway, key: key, body: #"{"amount":10,"currency":"EUR"}"#, headers: headers(player))
  }

  private func own(_ bench: LogBench, _ path: String, player: Int = 1) async throws -> WalletCall {
    try await bench.wallet.send(path, method: "GET", as: .gateway, headers: headers(player))
  }

  private func headers(_ player: Int) -> [String: String] { ["x-player-id": "\(player)", "x-session-id": Self.session] }

  @Test("the answer of a command says where the receipts of all that it posted are; they are there when it is signed, for its brand alone")
  func ofRole() async throws {
    try await LogBench.run { bench in
      // A key as hostile as a key may be.
      let key = "default:a&b=c%2F?#/../+;~"
      let deposit = try await bench.wallet.deposit(500, key: key)
      let target = try Self.target(of: deposit)
      #expect(try await bench.wallet.get(target).status == 404)
      try await bench.sign()
      let call = try await bench.wallet.get(target)
      #expect(call.status == 200 && call.headers["cache-control"] == "no-store")
      let answer = try Self.receipts(call)
      #expect(answer.requestID == key && answer.receipts.map(\.entry) == [1, 2])
      for receipt in answer.receipts {
        #expect(try Self.verifier(bench).verify(Array(receipt.receipt.utf8)).findings.isEmpty)
      }
      // Asked again the command has the same link, and a refused one has none.
      let again = try await bench.wallet.deposit(500, key: key)
      #expect(again.isReplay)
      #expect(try Self.target(of: again) == target)
      let refused = try await bench.wallet.bet(1_000_000, reference: "too much")
      #expect(refused.status >= 400 && refused.headers["link"] == nil)
      // Another brand's command is one that the brand hasn't.
      try await bench.wallet.deposit(7, brand: 2, key: "brand2:its-own")
      try await bench.sign(brand: 2)
      let foreign = try await bench.wallet.get(target, brand: "2")
      let absent = try await bench.wallet.get(WalletLogRoutes.receiptsPath + "?request_id=nothing", brand: "2")
      #expect(foreign.status == 404 && foreign.reason == absent.reason && absent.status == 404)
      #expect(try await bench.wallet.get(WalletLogRoutes.receiptsPath + "?request_id=brand2:its-own", brand: "2").status == 200)
      #expect(try await bench.wallet.get(WalletLogRoutes.receiptsPath, brand: "2").status == 400)
    }
  }

  @Test("a player reads the receipts of the own commands by the own keys, and nobody else's; a command that moved nothing has none")
  func ofPlayer() async throws {
    try await LogBench.run { bench in
      try await bench.wallet.deposit(100)
      try await bench.wallet.deposit(100, player: 2)
      let first = try await bet(bench, #""mine""#)
      let target = try Self.target(of: first)
      #expect(target == "/v1/wallet/receipts?idempotency_key=mine")
      try await bench.sign()
      let mine = try Self.receipts(try await own(bench, target))
      #expect(mine.requestID == "default:p1:mine" && mine.receipts.count == 2)
      #expect(try await own(bench, target, player: 2).status == 404)
      // The same name of another player is another command.
      _ = try await bet(bench, "mine", player: 2)
      try await bench.sign()
      let other = try Self.receipts(try await own(bench, target, player: 2))
      #expect(Set(other.receipts.map(\.entry)).isDisjoint(with: mine.receipts.map(\.entry)))
      // A key that is longer than what is stored.
      let long = String(repeating: "k", count: 255)
      let longest = try Self.target(of: try await bet(bench, long))
      try await bench.sign()
      #expect(try Self.receipts(try await own(bench, longest)).receipts.count == 2)

      let announced = try await bench.wallet.send(
        "/v1/wallet/deposits", as: .gateway, key: "announced", body: #"{"amount":300,"currency":"EUR"}"#, headers: headers(1))
      let nothing = try Self.receipts(try await own(bench, try Self.target(of: announced)))
      #expect(nothing.receipts.isEmpty)
    }
  }
}
