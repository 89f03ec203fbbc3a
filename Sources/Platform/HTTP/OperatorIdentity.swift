package import Kernel

/// The operator behind an admin request, as its token says.
package struct OperatorIdentity: Hashable, Sendable {
  /// The `admin_id` claim; equal to `X-Operator-Id` on writes.
  package let id: String
  package let isSuperAdmin: Bool
  /// The brand the operator is bound to; nil for platform-wide operators.
  package let brand: BrandID?
  /// Where the operator may act; empty for platform-wide operators, who may act in each brand.
  package let brands: [BrandID]

  /// - Parameter brands: nil stands for `brand` alone.
  package init(id: String, isSuperAdmin: Bool, brand: BrandID?, brands: [BrandID]? = nil) {
    self.id = id
    self.isSuperAdmin = isSuperAdmin
    self.brand = brand
    self.brands = brands ?? brand.map { [$0] } ?? []
  }

  package func mayAct(in brand: BrandID) -> Bool { isSuperAdmin || brands.contains(brand) }
}
