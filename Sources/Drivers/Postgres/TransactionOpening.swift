internal import Kernel

/// How a transaction begins: which statements travel ahead of its first one.
struct TransactionOpening: Sendable {
  enum Scope: Sendable {
    case brand(BrandID)
    case platform
  }

  let scope: Scope
  let isolation: IsolationLevel
  /// Set when the transaction may take longer than the session's own guards allow.
  let guardMilliseconds: Int64?

  var steps: [ExchangeStep] { [.command(begin), .statement(context)] }

  private var begin: SQL { isolation == .readCommitted ? "BEGIN" : "BEGIN ISOLATION LEVEL \(unsafe: isolation.rawValue)" }

  /// A platform transaction sets the brand to nothing rather than leaving it: whatever happened in the session before, no brand is in it.
  private var context: SQL {
    let brand =
      switch scope {
      case .brand(let brand): String(brand.rawValue)
      case .platform: ""
      }
    guard let guardMilliseconds else { return "SELECT set_config('app.brand_id', \(brand), true)" }
    let limit = String(guardMilliseconds)
    return """
      SELECT set_config('app.brand_id', \(brand), true), set_config('statement_timeout', \(limit), true),
        set_config('idle_in_transaction_session_timeout', \(limit), true)
      """
  }
}
