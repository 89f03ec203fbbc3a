package import Kernel

/// One instance of a service before a flip: its state, and what speaks against it.
package struct FlipFinding: Sendable {
  package let instance: ServiceInstance
  /// Nil when it can't be reached.
  package let state: ServiceState?
  package let objections: [String]

  package func isThere(_ mode: EnforcementMode) -> Bool { state?.mode == mode }
}
