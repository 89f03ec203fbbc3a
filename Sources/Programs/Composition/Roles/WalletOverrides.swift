internal import Audit
internal import Kernel
internal import Logging
internal import Platform
internal import Postgres

/// What weakens the wallet's enforcement for single callers: refused where it would last too long, and told of at every start (C-11).
struct WalletOverrides: Sendable {
  private let foundation: RoleFoundation
  private let policy: EnforcementPolicy

  init(_ foundation: RoleFoundation) throws(StartRefused) {
    self.foundation = foundation
    policy = foundation.context.enforcementPolicy
    if let refusal = StartRules.overrideRefusal(policy, now: foundation.context.clock.now()) { throw StartRefused(refusal) }
  }

  /// Audits, counts and logs what is in force. No wallet begins with one that nobody could write down.
  func begin() async throws {
    let context = foundation.context
    let living = policy.living(at: context.clock.now())
    for ended in policy.overrides where !living.contains(ended) {
      context.logger.notice("an override of enforcement has ended; take it out of the configuration", metadata: ["override": "\(ended)"])
    }
    guard !living.isEmpty else { return }
    try await record(living)
    for override in living {
      context.metrics.show(override)
      context.logger.warning(
        "enforcement is overridden for a caller",
        metadata: ["event": "enforcement_override", "caller_service": "\(override.caller.rawValue)", "until": "\(override.until)"])
    }
    // A mode below enforce has been counted already.
    let brands = try await foundation.catalog.all()
    if policy.mode == .enforce, StartRules.isDowngrade(mode: .observe, brands: brands) { context.metrics.countDowngrade() }
  }

  private func record(_ living: [EnforcementOverride]) async throws {
    let label = foundation.context.environment.label
    try await foundation.database.withPlatform { transaction in
      for override in living {
        try await AdminAudit.append(
          AuditEntry(
            .enforcementOverride, .multiBrandEnforcement, label, by: foundation.context.role.processName,
            new: [
              "caller_service": .string(override.caller.rawValue), "target_mode": .string(EnforcementMode.observe.rawValue),
              "until": .string(override.until.description),
            ], reason: "started with \(Settings.enforcementOverrides.name)"), brand: nil, in: transaction)
      }
    }
  }
}
