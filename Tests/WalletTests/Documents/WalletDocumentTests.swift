import Foundation
import Platform
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

  private static let older =
    #"{"buckets":[{"name":"cash","withdrawable":true}],"bet_order":["cash"],"deposit_bucket":"cash","win_bucket":"cash"}"#
  private static let newer = """
    {"buckets":[{"name":"cash","withdrawable":true},{"name":"own","withdrawable":true},{"name":"bonus","withdrawable":false}],
    "bet_order":["bonus","cash"],"deposit_bucket":"cash","win_bucket":"cash","bonus_bucket":"bonus","conversion_bucket":"own",
    "reward_bucket":"own"}
    """

  @Test("A topology from before bonuses has no bucket for them, and wins, conversions and rewards share one")
  func older() throws {
    let topology = try topology(Self.older)
    #expect(topology.bonusBucket == nil)
    #expect(topology.conversionBucket == RulesFixture.cash && topology.rewardBucket == RulesFixture.cash)
  }

  @Test("A topology may name a bucket for bonuses, for what becomes of them, and for rewards")
  func newer() throws {
    let topology = try topology(Self.newer)
    #expect(topology.bonusBucket == RulesFixture.bonus)
    #expect(topology.conversionBucket == RulesFixture.bucket("own") && topology.rewardBucket == RulesFixture.bucket("own"))
    for field in ["bonus_bucket", "conversion_bucket", "reward_bucket"] {
      let planted = Self.older.dropLast() + #","\#(field)":"gold"}"#
      let fault = try #require(throws: WalletDocumentFault.self) { try self.topology(String(planted)) }
      #expect(fault.description == "\(field) names 'gold', which is not a bucket")
    }
  }

  private static let olderPolicy = #"{"limits":{"authorize":{"min":1,"max":5}}}"#
  private static let newerPolicy = """
    {"limits":{"bonus_grant":{"min":1,"max":5}},"transfers":[{"from":"cash","to":"bonus"}],"settle_many":true,
    "providers":{"a":{"unknown_rollback":"refuse"},"b":{"rollback_after_settle":"reverse"},"c":{}}}
    """

  private static func policy(_ json: String) throws -> WalletPolicy {
    try JSONDecoder().decode(WalletPolicy.self, from: Data(json.utf8))
  }

  @Test("A policy from before has no transfers, one win a bet, and the agreement that every provider had; it reads back as it was")
  func olderPolicies() throws {
    let policy = try Self.policy(Self.olderPolicy)
    #expect(policy.fault == nil && !policy.settlesMany)
    #expect(!policy.allowsTransfer(from: RulesFixture.cash, to: RulesFixture.bonus))
    #expect(!policy.agreement(with: "a").refusesUnknownRollback && !policy.agreement(with: "a").reversesSettledBets)
    #expect(String(decoding: try JSONBytes.encode(policy), as: UTF8.self) == #"{"limits":{"authorize":{"max":5,"min":1}}}"#)
  }

  @Test("A policy says which transfers there are, whether bets win again, and what each provider agreed to; the others have what was")
  func newerPolicies() throws {
    let policy = try Self.policy(Self.newerPolicy)
    #expect(policy.fault == nil && policy.settlesMany)
    #expect(policy.allowsTransfer(from: RulesFixture.cash, to: RulesFixture.bonus))
    #expect(!policy.allowsTransfer(from: RulesFixture.bonus, to: RulesFixture.cash))
    let agreements = ["a", "b", "c", "d"].map { policy.agreement(with: $0) }
    #expect(agreements.map(\.refusesUnknownRollback) == [true, false, false, false])
    #expect(agreements.map(\.reversesSettledBets) == [false, true, false, false])
  }

  @Test(
    "A policy that can't be used says what is wrong with it",
    arguments: [
      (#"{"limits":{},"transfers":[{"from":"cash","to":"cash"}]}"#, "'cash' to 'cash'"),
      (#"{"limits":{},"transfers":[{"from":"Cash","to":"bonus"}]}"#, "'Cash' to 'bonus'"),
      (#"{"limits":{},"providers":{"Mg":{}}}"#, "'Mg'"), (#"{"limits":{},"providers":{"":{}}}"#, "''"),
    ])
  func unusablePolicies(json: String, words: String) throws {
    #expect(try Self.policy(json).fault?.description.contains(words) == true)
  }

  @Test("A member that nobody knows is refused in a new version, and passed over in one that is stored")
  func unknownMembers() throws {
    let places = [#"{"#, #"{"min":1"#, #"{"from":"cash""#, #"{"unknown_rollback":"refuse""#, #"{"name":"cash""#]
    for (json, schema) in [(Self.newer, WalletTopologyDocument.jsonSchema), (Self.newerPolicy, WalletPolicy.jsonSchema)] {
      #expect(SchemaRules.faults(of: try JSONDocument.parse(Array(json.utf8)), against: schema) == [])
      for place in places where json.contains(place) {
        let planted = json.replacing(place, with: #"{"colour":1,"# + place.dropFirst(), maxReplacements: 1)
        #expect(SchemaRules.faults(of: try JSONDocument.parse(Array(planted.utf8)), against: schema).count == 1, "\(place)")
        if schema == WalletPolicy.jsonSchema {
          #expect(try Self.policy(planted) == Self.policy(json))
        } else {
          #expect(try topology(planted) == topology(json))
        }
      }
    }
  }

  @Test("What a route reads of a policy is what the database's decoder reads")
  func oneReading() throws {
    let value = try JSONDocument.parse(Array(Self.newerPolicy.utf8))
    #expect(try BodyRules.decode(WalletPolicy.self, from: value) == Self.policy(Self.newerPolicy))
    let topology = try JSONDocument.parse(Array(Self.newer.utf8))
    #expect(try BodyRules.decode(WalletTopologyDocument.self, from: topology).topology() == self.topology(Self.newer))
  }

  @Test("A policy names only commands and ascending limits")
  func policy() {
    #expect(WalletPolicy(limits: ["authorize": .init(min: 1, max: 5)]).fault == nil)
    #expect(WalletPolicy(limits: ["bet": .init(min: 1, max: 5)]).fault?.description.contains("'bet'") == true)
    #expect(WalletPolicy(limits: ["deposit": .init(min: 5, max: 1)]).fault?.description.contains("ascending") == true)
  }
}
