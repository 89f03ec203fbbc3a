internal import Kernel
internal import Security

/// What an operator's token says. Pure.
enum OperatorRules {
  /// The one role that stands in the token: the super-admin's, if the operator has it, else the first.
  static func role(of roles: [String]) -> String? { roles.first(where: OperatorClaims.superAdminRoles.contains) ?? roles.first }

  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - lifetime: seconds.
  static func claims(for member: StaffMember, tokenID: String, now: Int64, lifetime: Int64) -> OperatorClaims {
    let role = role(of: member.roles)
    let isSuperAdmin = role.map(OperatorClaims.superAdminRoles.contains) ?? false
    return OperatorClaims(
      adminID: member.id, role: role, brands: isSuperAdmin ? [] : member.brands.sorted(), tokenID: tokenID, issuedAt: now,
      expiresAt: now + lifetime)
  }
}
