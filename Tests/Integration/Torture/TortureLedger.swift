/// What PostgreSQL holds after a run, read by `psql` and by no code of Cordon's.
struct TortureLedger: Hashable, Sendable {
  struct Command: Hashable, Sendable {
    let brand: Int64
    let key: String
    let player: Int64?
    let status: Int
    var body: String
    /// The player's side of the postings of this command together.
    var moved: Int64
    /// How many postings the command has.
    var postings: Int
  }

  struct Balance: Hashable, Sendable {
    let brand: Int64
    let player: Int64
    var amount: Int64
  }

  struct Account: Hashable, Sendable {
    let brand: Int64
    let name: String
    var amount: Int64
  }

  var commands: [Command]
  var balances: [Balance]
  var accounts: [Account]
  /// Posting sets that don't sum to zero, as text.
  var unbalanced: [String]
  /// Rows of `wallet.v_bucket_difference`.
  var differences: [String]
  /// Postings whose player isn't one of their brand.
  var crossed: [String]
}
