import Foundation
import Testing

@testable import Wallet

@Suite("Topology and policy documents")
struct WalletDocumentTests {
  private func topology(_ json: String) throws -> WalletTopology {
    try JSONDecoder().decode(WalletTopologyDocument.self, from: Data(json.utf8)).topology()
  }

  @Test("A usable document names its buckets once and nothing else")
  func usable() throws {
    let topology = try topology(
      #"{"buckets":[{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false}],"bet_order":["bonus","cash"],"deposit_bucket":"cash","win_bucket":"cash"}"#
    )
    #expect(topology.withdrawOrder == [RulesFixture.cash])
    #expect(topology.betOrder == [RulesFixture.bonus, RulesFixture.cash])
  }

  @Test(
    "A document that can't be used says which name is wrong",
    arguments: [
      (
        #"{"buckets":[{"name":"Cash","withdrawable":true}],"bet_order":["Cash"],"deposit_bucket":"Cash","win_bucket":"Cash"}"#,
        "bucket name 'Cash'"
      ),
      (
        #"{"buckets":[{"name":"a","withdrawable":true},{"name":"a","withdrawable":true}],"bet_order":["a"],"deposit_bucket":"a","win_bucket":"a"}"#,
        "'a' is listed twice"
      ),
      (#"{"buckets":[{"name":"a","withdrawable":true}],"bet_order":["b"],"deposit_bucket":"a","win_bucket":"a"}"#, "bet_order names 'b'"),
      (#"{"buckets":[{"name":"a","withdrawable":true}],"bet_order":["a","a"],"deposit_bucket":"a","win_bucket":"a"}"#, "names 'a' twice"),
      (#"{"buckets":[{"name":"a","withdrawable":true}],"bet_order":[],"deposit_bucket":"a","win_bucket":"a"}"#, "names no bucket"),
      (
        #"{"buckets":[{"name":"a","withdrawable":true}],"bet_order":["a"],"deposit_bucket":"x","win_bucket":"a"}"#,
        "deposit_bucket names 'x'"
      ),
      (#"{"buckets":[{"name":"a","withdrawable":true}],"bet_order":["a"],"deposit_bucket":"a","win_bucket":"y"}"#, "win_bucket names 'y'"),
    ])
  func unusable(json: String, sentence: String) throws {
    let fault = try #require(throws: WalletDocumentFault.self) { try topology(json) }
    #expect(fault.description.contains(sentence))
  }

  @Test("A policy names only commands and ascending limits")
  func policy() {
    #expect(WalletPolicy(limits: ["authorize": .init(min: 1, max: 5)]).fault == nil)
    #expect(WalletPolicy(limits: ["bet": .init(min: 1, max: 5)]).fault?.description.contains("'bet'") == true)
    #expect(WalletPolicy(limits: ["deposit": .init(min: 5, max: 1)]).fault?.description.contains("ascending") == true)
  }
}
