package import Kernel
package import Platform

/// A flip of `MULTI_BRAND_ENFORCEMENT`, before it is done: which services take which mode, one after the other. Pure.
package struct FlipPlan: Hashable, Sendable {
  package let direction: FlipDirection
  /// Label of the environment.
  package let environment: String
  /// In the order in which they are flipped.
  package let services: [ServiceRole]

  /// - Parameters:
  ///   - chosen: services that are flipped alone (S0-ENF-25); none for all of `known`.
  ///   - known: the services of this deployment.
  /// - Returns: nil when a chosen service isn't one of the deployment.
  package init?(_ direction: FlipDirection, environment: String, only chosen: [ServiceRole], of known: [ServiceRole]) {
    guard chosen.allSatisfy({ known.contains($0) }) else { return nil }
    self.direction = direction
    self.environment = environment
    self.services = direction.order.filter { known.contains($0) && (chosen.isEmpty || chosen.contains($0)) }
  }

  /// As `admin_audit.new_value` keeps it (S0-ENF-16).
  ///
  /// - Parameter refusals: what spoke against it; with any, nothing was done.
  package func auditValue(reason: String, isDryRun: Bool, refusals: [String]) -> JSONValue {
    [
      "env": .string(environment), "direction": .string(direction.rawValue), "target_mode": .string(direction.targetMode.rawValue),
      "services": .array(services.map { .string($0.rawValue) }), "reason": .string(reason), "dry_run": .boolean(isDryRun),
      "refused_for": .array(refusals.map { .string($0) }),
    ]
  }
}
