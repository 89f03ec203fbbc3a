/// How much a transaction may see of others that run at the same time (PostgreSQL manual, 13.2).
package enum IsolationLevel: String, Sendable {
  case readCommitted = "READ COMMITTED"
  case repeatableRead = "REPEATABLE READ"
  case serializable = "SERIALIZABLE"
}
