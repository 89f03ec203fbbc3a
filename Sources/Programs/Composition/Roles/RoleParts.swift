internal import Kernel
internal import Platform
package import ServiceLifecycle

/// One role, put together and not yet started.
package struct RoleParts: Sendable {
  let role: ServiceRole
  let context: RoleContext
  /// What others lean on first, the listener last: they stop in the opposite order.
  package let services: [any Service]
  /// Conditions without which the role may not start, such as the schema's version.
  let beforeStart: @Sendable () async throws -> Void
}
