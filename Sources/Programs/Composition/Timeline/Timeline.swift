package import Kernel

/// What happened in a stretch of time, oldest first, from all ledgers.
package struct Timeline: Hashable, Sendable {
  package let window: ClosedRange<Timestamp>
  package let entries: [TimelineEntry]
  /// Whether later ones were left out.
  package let isCut: Bool
  /// The first thing that failed: of the request, where one was asked for and it was refused or failed, else of the window.
  package let firstFailure: TimelineEntry?

  /// - Parameter found: of each ledger at most one more than `limit`, its oldest.
  init(_ found: [TimelineEntry], in window: ClosedRange<Timestamp>, request: String?, limit: Int) {
    // At one moment a change comes before what it led to, and rows of one table in their order.
    let rank: [TimelineKind: Int] = [.deploy: 0, .key: 1, .audit: 2, .event: 3]
    let ordered = found.sorted {
      ($0.at, rank[$0.kind] ?? 0, $0.source, $0.row) < ($1.at, rank[$1.kind] ?? 0, $1.source, $1.row)
    }
    self.window = window
    let shown = Array(ordered.prefix(limit))
    entries = shown
    isCut = ordered.count > limit
    let own = request.flatMap { request in shown.first { $0.requestID == request && $0.kind == .event } }
    firstFailure = own ?? shown.first { $0.isFailure }
  }
}
