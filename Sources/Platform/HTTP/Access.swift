/// Who may call an operation. The declaration is all a service writes; the checks are the ``RequestGuard`` of the role.
package enum Access: Hashable, Sendable {
  /// Anyone, without brand or token: health, documents.
  case open
  /// A public operation as the gateway forwards it: caller token and brand, no player yet (register, log in).
  case visitor
  /// A logged-in player, through the gateway: caller token, brand, player and session.
  case player
  /// Another role, with its caller token.
  case internalCall(brand: BrandRequirement)
  /// An operator's token; reads.
  case operatorRead
  /// An operator's token and its `X-Operator-Id` cross-check; writes.
  case operatorWrite
  /// As ``operatorWrite``, for platform-wide operators only.
  case superAdmin

  package enum BrandRequirement: Hashable, Sendable {
    case required
    /// The call is about the platform, not a brand.
    case none
  }
}
