package import Kernel

/// What happened in a stretch of time, oldest first, from all ledgers.
package struct Timeline: Hashable, Sendable {
  package let window: ClosedRange<Timestamp>
  package let entries: [TimelineEntry]
  /// Whether some were left out.
  package let isCut: Bool
  /// The first thing that failed: of the request its refusal, where one was asked for, else the window's first failure.
  package let firstFailure: TimelineEntry?

  /// - Parameters:
  ///   - found: of each ledger at most one more than `limit`, its oldest.
  ///   - own: the request's rows, which no limit leaves out.
  ///   - failure: the window's first failure, where no request was asked for.
  init(_ found: [TimelineEntry], own: [TimelineEntry], failure: TimelineEntry?, in window: ClosedRange<Timestamp>, limit: Int) {
    let kept = Set(own)
    let others = Self.ordered(found.filter { !kept.contains($0) })
    let room = max(0, limit - kept.count)
    self.window = window
    entries = Self.ordered(Array(kept) + others.prefix(room))
    isCut = others.count > room
    firstFailure = failure ?? Self.ordered(own).first { $0.isRefused }
  }

  /// At one moment a change comes before what it led to, and rows of one table in their order.
  private static func ordered(_ entries: [TimelineEntry]) -> [TimelineEntry] {
    let rank: [TimelineKind: Int] = [.deploy: 0, .key: 1, .audit: 2, .event: 3]
    return entries.sorted {
      ($0.at, rank[$0.kind] ?? 0, $0.source, $0.row) < ($1.at, rank[$1.kind] ?? 0, $1.source, $1.row)
    }
  }
}
