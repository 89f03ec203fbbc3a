/// How much a round reads. Together they bound what checking costs beside the commands: about a tenth of a processor at the most.
package struct WalletCheckLimits: Sendable {
  /// New entries.
  package var entries: Int64 = 2000
  /// Entries that were checked before and are read again.
  package var sweptEntries: Int64 = 500
  /// Players whose buckets are compared with the sums of their entries.
  package var sweptPlayers: Int64 = 100
  /// Known findings that are looked at again.
  package var recheckedFindings: Int64 = 50
  /// Open findings that a brand keeps. Who has so many needs no more to know; the sweep brings the others when these are gone.
  package var openFindingsMax: Int64 = 1000

  package init() {}
}
