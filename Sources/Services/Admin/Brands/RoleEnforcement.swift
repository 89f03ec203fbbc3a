package import Kernel

/// What a role of the deployment says of its enforcement.
package struct RoleEnforcement: Hashable, Sendable {
  package let role: ServiceRole
  /// Nil when it doesn't answer.
  package let mode: EnforcementMode?

  package init(role: ServiceRole, mode: EnforcementMode?) {
    self.role = role
    self.mode = mode
  }
}
