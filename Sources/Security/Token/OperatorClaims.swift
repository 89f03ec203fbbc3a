package import Kernel

/// What an operator's token says.
package struct OperatorClaims: Hashable, Sendable {
  /// `admin_id`, the operator's name in every audit row. Nil in tokens of the old form, which may read but not write (S0-ADM-05).
  package let adminID: String?
  /// `role`; ``superAdminRoles`` may write what belongs to no brand.
  package let role: String?
  /// `brand_ids`: where the operator may act. Empty for super-admins, who may act in each.
  package let brands: [BrandID]
  /// `jti`.
  package let tokenID: String
  /// Seconds since 1970.
  package let issuedAt: Int64
  /// Seconds since 1970; the token is refused from this second on.
  package let expiresAt: Int64

  package init(adminID: String?, role: String?, brands: [BrandID], tokenID: String, issuedAt: Int64, expiresAt: Int64) {
    self.adminID = adminID
    self.role = role
    self.brands = brands
    self.tokenID = tokenID
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }

  /// S0-ADM-24.
  package static let superAdminRoles: Set<String> = ["super_admin", "super"]

  package var isSuperAdmin: Bool { role.map(Self.superAdminRoles.contains) ?? false }

  package func mayAct(in brand: BrandID) -> Bool { isSuperAdmin || brands.contains(brand) }
}
