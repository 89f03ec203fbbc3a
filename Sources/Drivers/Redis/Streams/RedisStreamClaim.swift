/// What XAUTOCLAIM took over from consumers that had been silent for too long.
package struct RedisStreamClaim: Hashable, Sendable {
  /// Where to go on; nil when the whole pending list has been seen.
  package let next: String?
  package let entries: [RedisStreamEntry]
  /// IDs that were pending but no longer stand in the stream (it was trimmed); Redis has dropped them from the pending list.
  package let deletedIDs: [String]
}
