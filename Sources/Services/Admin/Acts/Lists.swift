internal import Contracts
internal import Kernel
internal import Platform
internal import Security

/// What the lists of the admin role have in common: `limit`, `cursor`, and pages of rows that are numbered in ascending order.
struct Lists: Sendable {
  private let cursors: PageCursor

  init(_ cursors: PageCursor) { self.cursors = cursors }

  static let parameters: [Parameter] = [
    .query("limit", .integer(1...Int64(Limits.pageSizeMax)), "How many, \(Limits.pageSizeDefault) unless it is said."),
    .query("cursor", .text(max: 200), "The next_cursor of the page before."),
  ]

  /// The number of the last row of the page before; nil on the first page.
  ///
  /// - Parameter scope: everything else that the list was asked for.
  func position(of request: EndpointRequest, scope: String) throws(Problem) -> Int64? {
    guard let cursor = request.argument("cursor") else { return nil }
    return Int64(try cursors.decode(cursor, scope: scope))
  }

  /// - Parameter rows: one more than a page where there is one.
  func page<Row: JSONReplyBody>(
    _ rows: [Row], for request: EndpointRequest, scope: String, position: (Row) -> Int64
  ) -> ListBody<Row> {
    let data = Array(rows.prefix(request.pageSize))
    guard rows.count > data.count, let last = data.last else { return ListBody(data: data, nextCursor: nil) }
    return ListBody(data: data, nextCursor: cursors.encode(position: String(position(last)), scope: scope))
  }
}
