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

  /// An entry of the ledger, as far as it is a link of its brand's chain.
  struct Entry: Hashable, Sendable {
    var brand: Int64
    var seq: Int64
    let key: String
    var previous: String
    var hash: String
    /// Whether PostgreSQL's own `wallet.ledger_entry_hash` of the row is what stands in it.
    var isHashed: Bool
  }

  struct Head: Hashable, Sendable {
    let brand: Int64
    var seq: Int64
    var hash: String
  }

  struct Event: Hashable, Sendable {
    let brand: Int64
    let key: String
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
  var entries: [Entry]
  var heads: [Head]
  var events: [Event]
}
