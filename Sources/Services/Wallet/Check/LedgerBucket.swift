/// One bucket of one player in one currency, as ledger entries name it.
struct LedgerBucket: Hashable, Sendable {
  let player: Int64
  let name: String
  let currency: String
}
