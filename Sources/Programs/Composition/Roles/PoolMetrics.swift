internal import Platform
internal import Postgres

/// Shows a role's database pool in its metrics, read when somebody scrapes.
enum PoolMetrics {
  static func publish(_ database: Database, in registry: MetricsRegistry) {
    let connections = registry.gauge("cordon_database_connections", "Connections of the role's pool, by state.", labels: ["state"])
    let waiting = registry.gauge("cordon_database_pool_waiting", "Tasks that wait for a connection.")
    registry.beforeScrape {
      let status = database.status
      connections.set(Double(status.idle), ["idle"])
      connections.set(Double(status.leased), ["leased"])
      connections.set(Double(status.max), ["max"])
      waiting.set(Double(status.waiting))
    }
  }
}
