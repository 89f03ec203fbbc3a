import Foundation
import Kernel
import Platform
import Testing

@testable import Wallet

@Suite("What is wrong with a wallet document, and where")
struct WalletDocumentRulesTests {
  private func value(_ json: String) throws -> JSONValue { try JSONDocument.parse(Array(json.utf8)) }

  private func places(_ json: String, _ kind: WalletDocumentKind) throws -> [String] {
    (WalletDocumentRules.refusal(ofNew: try value(json), kind)?.faults ?? []).map(\.pointer)
  }

  @Test("every fault of a topology is found, each at its place")
  func topology() throws {
    #expect(try places("{\(WalletBench.base)}", .topology) == [])
    #expect(try places("{\(WalletBench.base),\"bonus_bucket\":\"bonus\",\"reward_bucket\":\"cash\"}", .topology) == [])
    let faulty = """
      {"buckets":[{"name":"cash","withdrawable":true},{"name":"Cash","withdrawable":true},{"name":"cash","withdrawable":true}],
      "bet_order":["cash","x","cash"],"deposit_bucket":"y","win_bucket":"cash","bonus_bucket":"z"}
      """
    #expect(
      try places(faulty, .topology) == [
        "/buckets/1/name", "/buckets/2/name", "/bet_order/1", "/bet_order/2", "/deposit_bucket", "/bonus_bucket",
      ])
    #expect(
      try places(#"{"buckets":[{"name":"a","withdrawable":true}],"bet_order":[],"deposit_bucket":"a","win_bucket":"a"}"#, .topology)
        == ["/bet_order"])
    #expect(
      try places(#"{"buckets":[{"name":"a","withdrawable":1}],"bet_order":["a"]}"#, .topology).sorted() == [
        "/buckets/0/withdrawable", "/deposit_bucket", "/win_bucket",
      ])
  }

  @Test("every fault of a policy is found, each at its place")
  func policy() throws {
    let sound =
      #"{"limits":{"deposit":{"min":1,"max":1}},"transfers":[{"from":"a","to":"b"},{"from":"b","to":"a"}],"settle_many":true,"providers":{"mg":{"unknown_rollback":"refuse"}}}"#
    #expect(try places(sound, .policy) == [])
    let faulty =
      #"{"limits":{"a/b":{"min":1,"max":2},"deposit":{"min":2,"max":1}},"transfers":[{"from":"A","to":"b"},{"from":"a","to":"a"},{"from":"a","to":"b"},{"from":"a","to":"b"}],"providers":{"M-G":{}}}"#
    #expect(
      try places(faulty, .policy) == [
        "/limits/a~1b", "/limits/deposit/max", "/transfers/0/from", "/transfers/1/to", "/transfers/3", "/providers/M-G",
      ])
  }

  @Test("a member that isn't known is refused when a version is written, and tolerated in one that is stored")
  func unknownMembers() throws {
    let odd = try value("{\(WalletBench.base),\"colour\":\"red\"}")
    let refusal = try #require(WalletDocumentRules.refusal(ofNew: odd, .topology))
    #expect(refusal.reason == .unknownField)
    #expect(refusal.faults.map(\.pointer) == ["/colour"])
    #expect(WalletDocumentRules.faults(ofStored: odd, .topology) == [])
    #expect(try !WalletDocumentRules.faults(ofStored: value("{}"), .topology).isEmpty)
  }

  @Test("a policy that names buckets that the topology lacks is found at each of them")
  func contradictions() throws {
    let policy = try value(#"{"limits":{},"transfers":[{"from":"cash","to":"bonus"},{"from":"gone","to":"cash"}]}"#)
    let faults = WalletDocumentRules.contradictions(topology: try value(WalletBench.narrower), policy: policy)
    #expect(faults.map(\.pointer) == ["/transfers/0/to", "/transfers/1/from"])
  }

  @Test("a difference names what was added, removed and changed by its pointer")
  func difference() throws {
    let old = try value(#"{"same":{"x":[1,2]},"a/b":1,"list":[1,{"n":1},3],"gone":null}"#)
    let new = try value(#"{"same":{"x":[1,2]},"a/b":2,"list":[1,{"n":1,"m":2}],"new":{"q":[]}}"#)
    let changes = WalletDocumentDifference.changes(old, new, at: "").map { "\($0.kind.rawValue) \($0.pointer)" }
    #expect(changes == ["changed /a~1b", "removed /gone", "added /list/1/m", "removed /list/2", "added /new"])
    #expect(WalletDocumentDifference.changes(old, old, at: "").isEmpty)
    #expect(try WalletDocumentDifference.changes(value("[]"), value("{}"), at: "").map(\.pointer) == [""])
  }

  @Test("what a topology does to the buckets of another")
  func change() throws {
    let old = try value("{\(WalletBench.base),\"bonus_bucket\":\"bonus\"}")
    let new = try value(
      #"{"buckets":[{"name":"cash","withdrawable":false},{"name":"new","withdrawable":true}],"bet_order":["new"],"deposit_bucket":"new","win_bucket":"new"}"#
    )
    let change = WalletTopologyChange(from: old, to: new)
    #expect(change.vanishing == ["bonus"])
    #expect(change.noLongerWithdrawable == ["cash"])
    #expect(change.leavingBetOrder == ["cash"])
    #expect(change.added == ["new"])
    #expect(change.abandonedBonusBucket == "bonus")
    #expect(WalletTopologyChange(from: nil, to: new).added == ["cash", "new"])
  }
}
