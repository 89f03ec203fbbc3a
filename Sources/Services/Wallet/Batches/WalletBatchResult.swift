/// A decided batch: what is to be written, and what each command is told once that is committed.
struct WalletBatchResult: Sendable {
  let plan: WalletBatchPlan
  let outcomes: [WalletOutcome]
  let sightings: [WalletSighting]
}
