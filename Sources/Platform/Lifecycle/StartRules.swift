package import Kernel

/// Whether a process may start. Pure.
package enum StartRules {
  /// The schema versions that the database must have, each of them: the configured one, else the one that the program was built with.
  ///
  /// In production no setting replaces the program's own: a configured version is asked for besides (S4-INC-03).
  package static func expectedHeads(configuration: EffectiveConfiguration, builtIn: Int64) -> [Int64] {
    guard let configured = configuration.integer(Settings.expectedMigrationHead).map({ Int64($0) }) else { return [builtIn] }
    return configuration.environment.isProductionGrade ? [builtIn, configured] : [configured]
  }

  /// Nil when the database has the expected schema version, else the message that stops the start (S4-START-05).
  package static func headRefusal(expected: [Int64], actual: Int64) -> String? {
    guard let wrong = expected.firstIndex(where: { $0 != actual }) else { return nil }
    let expected = expected[wrong]
    if wrong > 0 {
      return
        "migration head mismatch: expected \(expected), actual \(actual), which this program needs; correct \(Settings.expectedMigrationHead.name)"
    }
    let advice = actual < expected ? "run `cordon db migrate`" : "this program is older than the database; deploy the newer one"
    return "migration head mismatch: expected \(expected), actual \(actual); \(advice)"
  }

  /// Nil unless enforcement is off where several brands run in a production-grade environment (C-12).
  package static func enforcementRefusal(mode: EnforcementMode, environment: DeploymentEnvironment, brandCount: Int) -> String? {
    guard mode == .off, environment.isProductionGrade, brandCount > 1 else { return nil }
    return "MULTI_BRAND_ENFORCEMENT=off is refused in \(environment.label) with \(brandCount) brands"
  }

  /// Nil unless an override of enforcement would last longer than one may. One that has ended is no reason against a restart.
  package static func overrideRefusal(_ policy: EnforcementPolicy, now: Timestamp) -> String? {
    let latest = now.advanced(bySeconds: EnforcementOverride.secondsMax)
    guard let long = policy.overrides.first(where: { $0.until > latest }) else { return nil }
    return "\(Settings.enforcementOverrides.name): \(long) ends more than 24 hours from now"
  }

  /// Whether a start in this mode weakens what is in force: more than one brand is enabled and the role doesn't enforce (S0-ENF-06).
  package static func isDowngrade(mode: EnforcementMode, brands: [Brand]) -> Bool {
    mode != .enforce && brands.filter { $0.status == .enabled }.count > 1
  }
}
