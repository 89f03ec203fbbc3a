/// A message that the server sent beside the answers.
struct Notice: Sendable {
  let severity: String
  let message: String
  let sqlState: String
  /// The name of the C function of the server that reported it. Unlike the message it is never translated.
  let routine: String

  /// The server committed locally and gave up waiting for the standby (`SyncRepWaitForLSN` in its syncrep.c): the COMMIT is then
  /// answered like a good one, but a failover may lose it.
  var saysReplicationWasNotAwaited: Bool {
    routine == "SyncRepWaitForLSN" || (message.hasPrefix("canceling") && message.contains("wait for synchronous replication"))
  }

  /// COMMIT found no transaction: a statement before it had ended it.
  var saysNoTransaction: Bool { severity == "WARNING" && sqlState == "25P01" }

  var isFatal: Bool { severity == "FATAL" || severity == "PANIC" }
}
