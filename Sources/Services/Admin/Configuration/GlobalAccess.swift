internal import Platform

/// `admin_platform_global_access_total{route}` for writes that touch the platform from a brand's route (S0-ADM-24). On super-admin routes
/// the guard counts by itself.
struct GlobalAccess: Sendable {
  private let counter: Counter

  init(registry: MetricsRegistry) {
    counter = registry.counter("admin_platform_global_access_total", "Platform-wide writes by super-admins.", labels: ["route"])
  }

  func count(route: String) { counter.increment([route]) }
}
