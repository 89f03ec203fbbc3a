internal import Contracts
internal import Platform

/// A row of one of the logs that operators read.
protocol LogRow: JSONReplyBody, Sendable {
  /// Ascending number of the row within its log.
  var number: Int64 { get }
}
