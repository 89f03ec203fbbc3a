internal import Kernel
internal import Logging

/// The line that every role logs when it starts (S4-START-03). A notice, so that it is there with less talkative levels too.
package enum StartReport {
  /// - Parameter migrationHead: nil for roles without a database.
  package static func log(_ context: RoleContext, migrationHead: Int64?) {
    context.logger.notice(
      "role started",
      metadata: [
        "environment": "\(context.environment.label)", "version": "\(context.build.version)", "version_hash": "\(context.build.commit)",
        "migration_head": "\(migrationHead.map { String($0) } ?? "none")", "enforcement_mode": "\(context.enforcement.rawValue)",
      ])
  }
}
