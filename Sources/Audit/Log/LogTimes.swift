internal import Kernel

/// Finds a log's entries of a time. Entries stand in the order of their commits and carry the time when their transactions began, so that the
/// times don't always ascend.
struct LogTimes: Sendable {
  /// No entry is older than one that stands before it by more than this: no transaction that writes entries lasts so long.
  private static let disorderSeconds: Int64 = 3600
  private static let page: Int64 = 1024

  let book: LogBook
  let log: LedgerLog

  /// - Parameter body: gets every entry of the time, in the log's order.
  /// - Returns: numbers of the first and the last of them. Between them may be entries of another time.
  func entries(in times: ClosedRange<Timestamp>, _ body: (LogEntry) throws -> Void) async throws -> ClosedRange<Int64>? {
    let start = try await first(since: times.lowerBound.advanced(bySeconds: -Self.disorderSeconds))
    let end = try await first(since: times.upperBound.advanced(bySeconds: Self.disorderSeconds + 1))
    var numbers: ClosedRange<Int64>?
    var next = start
    while next < end {
      let after = next - 1
      let rows = try await book.with(log) { try await $0.entries(after: after, limit: min(Self.page, end - next)) }
      guard let last = rows.last else { break }
      for row in rows where times.contains(row.createdAt) {
        numbers = (numbers?.lowerBound ?? row.seq)...row.seq
        try body(row)
      }
      next = last.seq + 1
    }
    return numbers
  }

  /// A number before which every entry is older, and which itself isn't; one behind the last where every entry is.
  private func first(since time: Timestamp) async throws -> Int64 {
    var isOlder: Int64 = 0
    var isNot: Int64 = 1
    while try await self.isOlder(isNot, than: time) {
      isOlder = isNot
      isNot *= 2
    }
    while isNot - isOlder > 1 {
      let middle = isOlder + (isNot - isOlder) / 2
      if try await self.isOlder(middle, than: time) { isOlder = middle } else { isNot = middle }
    }
    return isNot
  }

  /// False for an entry that isn't there.
  private func isOlder(_ number: Int64, than time: Timestamp) async throws -> Bool {
    let rows = try await book.with(log) { try await $0.entries(after: number - 1, limit: 1) }
    guard let row = rows.first else { return false }
    return row.createdAt < time
  }
}
