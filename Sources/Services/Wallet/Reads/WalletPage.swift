/// Which rows of a list are wanted: those after a position, newest first.
struct WalletPage: Sendable {
  /// The position of the last row of the page before; nil for the first page.
  let after: String?
  let limit: Int

  /// One row more than asked for, to know whether another page follows.
  var oneMore: WalletPage { WalletPage(after: after, limit: limit + 1) }
}
