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
}
