internal import Kernel
internal import Platform

/// The seed's `_resolve_strict_brand_id`: the brand that the operator acts in and the brand of the row must be the same (S0-ADM-13,
/// S0-ADM-14). Pure.
enum StrictBrandRules {
  /// Nil when the operator may act on the row.
  static func refusal(_ standing: PlayerStanding, for operatorIdentity: OperatorIdentity) -> Problem? {
    switch standing {
    case .own: nil
    case .absent: Problem(.playerNotFound)
    // Who may act everywhere is told of the slip. To others, another brand's player and none at all are the same.
    case .foreign: Problem(operatorIdentity.isSuperAdmin ? .brandConflict : .playerNotFound)
    }
  }

  /// What the operator is told of the wallet's refusal. The wallet says to roles that a transaction is another brand's; an operator of one brand
  /// must not be able to find out by trying.
  static func told(_ problem: Problem, to operatorIdentity: OperatorIdentity) -> Problem {
    guard problem.reason == .crossBrandRejected, !operatorIdentity.isSuperAdmin else { return problem }
    return Problem(.transactionNotFound)
  }
}
