/// What one transaction of a brand did. It counts only once that transaction has committed.
struct OutboxBatch: Sendable {
  var published = 0
  var deadLettered: [(event: String, fault: String)] = []
}
