internal import Kernel

/// An operator as `cordon.staff` and `cordon.staff_brand` have it.
struct StaffMember: Sendable {
  let id: String
  let passwordHash: String
  let roles: [String]
  let isActive: Bool
  let brands: [BrandID]
}
