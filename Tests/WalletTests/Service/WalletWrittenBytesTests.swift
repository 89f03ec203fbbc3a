import Contracts
import Foundation
import Kernel
import Logging
import Platform
import Testing

@testable import Wallet

@Suite("Bytes that are written by hand are those of the encoder")
struct WalletWrittenBytesTests {
  private static let topology = try? WalletTopologyDocument(
    buckets: [.init(name: "cash", withdrawable: true), .init(name: "bonus", withdrawable: false)], betOrder: ["bonus", "cash"],
    depositBucket: "cash", winBucket: "cash"
  ).topology()

  private static func request(_ key: String) throws -> WalletRequest {
    WalletRequest(
      brand: Brand(
        id: try #require(BrandID(2)), code: try #require(BrandCode("brand2")), status: .enabled,
        currency: try #require(Currency(code: "EUR"))),
      key: key, player: try #require(PlayerID(7)), action: .deposit(amount: 5), currency: "EUR", caller: .admin, requestID: "r",
      traceID: "t", logger: Logger(label: "test"))
  }

  private static func transaction(_ text: String, settled: Bool) -> WalletTransaction {
    WalletTransaction(
      id: "0190a000-0000-7000-8000-000000000001", createdAt: Timestamp(microseconds: 1_764_028_800_000_001), kind: .bet,
      state: settled ? .settled : .authorized, amount: 9_007_199_254_740_993, settledAmount: settled ? 12 : 0, provider: "mg",
      reference: text, round: settled ? nil : text, requirement: settled ? 40 : nil)
  }

  @Test(
    "answers and events", arguments: ["plain", "quote \" backslash \\ slash / tab \t line \n", "\u{1}\u{1F}\u{8}\u{C}", "żółw 🐢 \u{2028}"])
  func bytes(text: String) throws {
    let request = try Self.request(text)
    let topology = try #require(Self.topology)
    for settled in [false, true] {
      let transaction = Self.transaction(text, settled: settled)
      let decision = WalletDecision(
        change: .update(transaction),
        postings: [
          Posting(account: .provider("mg"), amount: -12, balanceAfter: nil),
          Posting(account: .bucket(try #require(Bucket("cash"))), amount: 12, balanceAfter: 12),
        ],
        balances: [try #require(Bucket("cash")): .max, try #require(Bucket("old")): 3])
      let entry = WalletAnswers.entry(of: transaction, player: request.player, currency: request.brand.currency)
      let answer = WalletCommandAnswer(
        command: "deposit", transaction: entry, tombstone: false, currency: "EUR",
        balances: WalletAnswers.balances(decision.balances, topology))
      let written = WalletAnswers.accepted(decision, for: request, topology: topology).body
      #expect(String(decoding: written, as: UTF8.self) == String(decoding: try JSONBytes.encode(answer), as: UTF8.self))
      let moment = Timestamp(microseconds: 1_764_028_800_123_456)
      let id = UUIDv7.next()
      let event = WalletEventBody(
        event: id.description, type: "wallet.deposit", version: 1, brand: 2, brandCode: "brand2", request: text, player: 7,
        transaction: entry, currency: "EUR",
        postings: [.init(account: "provider:mg", amount: -12, balanceAfter: nil), .init(account: "cash", amount: 12, balanceAfter: 12)],
        occurredAt: moment.description)
      let payload = WalletCommandEvent(decision, of: request, id: id, at: moment).payload
      #expect(payload == String(decoding: try JSONBytes.encode(event), as: UTF8.self))
    }
  }

  @Test("a tombstone's answer has no transaction")
  func tombstone() throws {
    let request = try Self.request("k")
    let decision = WalletDecision(change: .tombstone(provider: "mg", reference: "b"), postings: [], balances: [:])
    let topology = try #require(Self.topology)
    let answer = WalletCommandAnswer(
      command: "deposit", transaction: nil, tombstone: true, currency: "EUR", balances: WalletAnswers.balances([:], topology))
    #expect(WalletAnswers.accepted(decision, for: request, topology: topology).body == (try JSONBytes.encode(answer)))
  }
}
