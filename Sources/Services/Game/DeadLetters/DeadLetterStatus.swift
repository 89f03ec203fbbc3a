/// `replay_status`. A letter leaves `pending` once and for all.
package enum DeadLetterStatus: String, Hashable, Sendable, CaseIterable {
  case pending
  case replayed
  case abandoned
}
