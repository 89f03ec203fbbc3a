/// What an accepted command does to the model's books.
struct ModelOutcome {
  var postings: [ModelPosting] = []
  /// Begun or changed.
  var transaction: ModelTransaction?
  var isNew = false
  /// A rollback that came before its bet.
  var tombstone: ModelBetName?
  /// The effect is kept, but the caller is told this.
  var refusal: ModelRefusal?
}
