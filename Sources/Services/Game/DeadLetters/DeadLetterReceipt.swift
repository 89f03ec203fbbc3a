/// What became of a dead letter that was to be kept.
package enum DeadLetterReceipt: String, Hashable, Sendable, CaseIterable {
  /// It is in the table, committed.
  case table
  /// The table couldn't be written; it is in the spool on this machine's disk, and goes into the table from there.
  case spool
  /// It is nowhere. The provider must be answered so that it sends the callback again.
  case refused

  package var isKept: Bool { self != .refused }
}
