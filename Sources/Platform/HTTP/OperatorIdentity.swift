package import Kernel

/// The operator behind an admin request, as its token says.
package struct OperatorIdentity: Hashable, Sendable {
  /// The `admin_id` claim; equal to `X-Operator-Id` on writes.
  package let id: String
  package let isSuperAdmin: Bool
  /// The brand the operator is bound to; nil for platform-wide operators.
  package let brand: BrandID?

  package init(id: String, isSuperAdmin: Bool, brand: BrandID?) {
    self.id = id
    self.isSuperAdmin = isSuperAdmin
    self.brand = brand
  }
}
