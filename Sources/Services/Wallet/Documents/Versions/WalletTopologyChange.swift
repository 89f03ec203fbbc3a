internal import Platform

/// What a topology would do to the buckets of the active one. Pure.
package struct WalletTopologyChange: Hashable, Sendable {
  /// Buckets that the active topology has and the new one lacks.
  package let vanishing: [String]
  /// Buckets of both from which withdrawals could no longer take.
  package let noLongerWithdrawable: [String]
  /// Buckets of both from which bets could no longer take.
  package let leavingBetOrder: [String]
  package let added: [String]
  /// The bucket of granted bonuses where it is another one, or none, afterwards.
  package let abandonedBonusBucket: String?
  /// All buckets of the new topology.
  let kept: [String]

  /// - Parameter old: nil where no topology is active.
  init(from old: JSONValue?, to new: JSONValue) {
    let (before, after) = (Self.names(old), Self.names(new))
    let (bets, betsAfter) = (
      Set((old?["bet_order"]?.elements ?? []).compactMap(\.text)), Set((new["bet_order"]?.elements ?? []).compactMap(\.text))
    )
    kept = after.sorted()
    vanishing = before.subtracting(after).sorted()
    added = after.subtracting(before).sorted()
    noLongerWithdrawable = Self.withdrawable(old).intersection(after).subtracting(Self.withdrawable(new)).sorted()
    let bonuses = old?["bonus_bucket"]?.text
    abandonedBonusBucket = bonuses == new["bonus_bucket"]?.text ? nil : bonuses
    leavingBetOrder = bets.intersection(after).subtracting(betsAfter).sorted()
  }

  private static func names(_ document: JSONValue?) -> Set<String> {
    Set((document?["buckets"]?.elements ?? []).compactMap { $0["name"]?.text })
  }

  private static func withdrawable(_ document: JSONValue?) -> Set<String> {
    Set((document?["buckets"]?.elements ?? []).filter { $0["withdrawable"] == .boolean(true) }.compactMap { $0["name"]?.text })
  }

  var json: JSONValue {
    [
      "vanishing": .texts(vanishing), "no_longer_withdrawable": .texts(noLongerWithdrawable), "leaving_bet_order": .texts(leavingBetOrder),
      "added": .texts(added),
    ]
  }
}
