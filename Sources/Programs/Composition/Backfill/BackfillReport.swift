/// What a backfill gave to the default brand.
package struct BackfillReport: Hashable, Sendable {
  /// Agents that no brand admitted.
  package let agents: [Int64]
  /// Hosts whose value in Redis was from before brands.
  package let hosts: [String]

  package init(agents: [Int64], hosts: [String]) {
    self.agents = agents
    self.hosts = hosts
  }
}
