import Foundation

@testable import Wallet

/// The topologies and policies that histories switch between, for the model and, from the same document, for the wallet.
enum SimulatedDocuments {
  static let topologies: [ModelTopology] = [
    ModelTopology(
      buckets: ["cash", "bonus"], withdrawable: ["cash"], betOrder: ["bonus", "cash"], depositBucket: "cash", winBucket: "cash",
      bonusBucket: "bonus"),
    ModelTopology(
      buckets: ["cash", "bonus", "gift", "own"], withdrawable: ["cash", "own"], betOrder: ["gift", "bonus", "cash", "own"],
      depositBucket: "cash", winBucket: "own", bonusBucket: "bonus", conversionBucket: "own", rewardBucket: "gift"),
    ModelTopology(buckets: ["cash"], withdrawable: ["cash"], betOrder: ["cash"], depositBucket: "cash", winBucket: "cash"),
    ModelTopology(
      buckets: ["main", "cash", "promo"], withdrawable: ["main", "cash"], betOrder: ["main", "promo"], depositBucket: "main",
      winBucket: "promo", bonusBucket: "promo", conversionBucket: "main"),
    ModelTopology(
      buckets: ["bonus", "cash"], withdrawable: ["bonus", "cash"], betOrder: ["cash", "bonus"], depositBucket: "cash",
      winBucket: "bonus", bonusBucket: "bonus", conversionBucket: "bonus", rewardBucket: "cash"),
  ]

  static let policies: [ModelPolicy] = [
    ModelPolicy(
      limits: [
        "authorize": 10...5_000, "withdraw_request": 100...1_000_000, "bonus_grant": 1...400, "transfer": 5...400, "rebate": 2...300,
      ],
      transfers: [.init(from: "cash", to: "bonus"), .init(from: "main", to: "promo")],
      providers: ["strict": .init(refusesUnknownRollbacks: true, reversesSettledBets: true)]),
    ModelPolicy(
      transfers: [
        .init(from: "cash", to: "bonus"), .init(from: "bonus", to: "cash"), .init(from: "own", to: "cash"), .init(from: "cash", to: "own"),
        .init(from: "main", to: "cash"),
      ],
      settlesMany: true, providers: ["mg": .init(reversesSettledBets: true), "strict": .init(refusesUnknownRollbacks: true)]),
    ModelPolicy(
      limits: ["settle": 0...400, "deposit": 1...500, "deposit_request": 20...500, "cashback": 0...250, "lossback": 10...300],
      transfers: [.init(from: "cash", to: "gift")], settlesMany: true,
      providers: ["strict": .init(refusesUnknownRollbacks: true, reversesSettledBets: true)]),
    ModelPolicy(limits: ["authorize": 1...300]),
  ]

  static func topology(_ model: ModelTopology) throws -> WalletTopology {
    try JSONDecoder().decode(WalletTopologyDocument.self, from: Data(model.document.utf8)).topology()
  }

  static func policy(_ model: ModelPolicy) throws -> WalletPolicy {
    let policy = try JSONDecoder().decode(WalletPolicy.self, from: Data(model.document.utf8))
    if let fault = policy.fault { throw fault }
    return policy
  }

  static let parsedTopologies = Result { try topologies.map(topology) }
  static let parsedPolicies = Result { try policies.map(policy) }
}
