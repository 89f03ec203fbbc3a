/// Paths of the back office before Cordon. Nothing answers under them any more: each is 404 for everyone (S0-ADM-02, S0-ADM-03, C-35).
///
/// The one list of them. They came from `legacy_admin_v2`, `legacy_auth`, `legacy_agents_v2`, `legacy_agent_withdrawals_v2`,
/// `legacy_meta_v2`, `legacy_recon` and `legacy_web_content`.
package enum RemovedPaths {
  /// Families of which everything below is gone.
  package static let families = [
    "/api/admin/user", "/api/admin/pushbullet", "/api/admin/shooter", "/api/admin/web/rules", "/api/admin/web/faq",
    "/api/admin/web/config", "/api/admin/auth", "/api/admin/agents", "/api/admin/agent_withdrawals", "/api/admin/meta", "/api/admin/recon",
  ]

  /// What a check requests: each family itself, and paths of the kinds that it had.
  package static let all = families.flatMap { family in
    [family] + ["", "list", "create", "update", "delete", "1"].map { "\(family)/\($0)" }
  }
}
