/// What a failed brand check does: the service's mode, weakened for single callers until their overrides end. Pure.
package struct EnforcementPolicy: Hashable, Sendable {
  package static let enforce = EnforcementPolicy(mode: .enforce)

  package let mode: EnforcementMode
  package let overrides: [EnforcementOverride]

  package init(mode: EnforcementMode, overrides: [EnforcementOverride] = []) {
    self.mode = mode
    self.overrides = overrides
  }

  /// An override weakens; it never makes a service stricter than its own mode.
  package func mode(of caller: CallerLabel, at moment: Timestamp) -> EnforcementMode {
    mode.rejects && living(at: moment).contains { $0.caller == caller } ? .observe : mode
  }

  package func living(at moment: Timestamp) -> [EnforcementOverride] { overrides.filter { moment < $0.until } }
}
