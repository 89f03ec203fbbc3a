internal import Kernel
package import Postgres

extension DomainBinding {
  /// A row of `cordon.domain_binding` with the columns host, kind, brand_id, agent_id and level_id.
  package init(row: Row) throws(PostgresError) {
    let host: String = try row.get("host")
    let kind: String = try row.get("kind")
    let target: Target =
      kind == Kind.agent.rawValue ? .agent(try row.get("agent_id")) : .level(try row.get("level_id"))
    guard let binding = DomainBinding(host: host, brand: try row.get("brand_id"), target: target) else {
      throw PostgresError(.decoding, "host '\(host)' of kind '\(kind)' is not a binding", operation: "read a domain binding")
    }
    self = binding
  }
}
