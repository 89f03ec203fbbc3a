internal import Kernel
internal import Platform

/// The signed logs, which everybody may read as hashes: those of the host's brand, whichever brand is named.
extension IsolationTable {
  static var signedLogs: [IsolationRow] {
    let tile = "getBrandBrandIdLedgerTileLevel"
    return [
      log(.gateway, "getBrandBrandIdLedgerCheckpoint", .visitor, []),
      log(.gateway, tile + "APWidth", .visitor, [level, ("a", place("000")), ("width", place("1"))]),
      log(.gateway, tile + "A", .visitor, [level, ("a", place("000"))], silent: true),
      log(.gateway, tile + "AB", .visitor, [level, ("a", place("x001")), ("b", place("000"))], silent: true),
      log(.gateway, tile + "ABC", .visitor, [level, ("a", place("x001")), ("b", place("x000")), ("c", place("000"))], silent: true),
      log(.gateway, tile + "ABPWidth", .visitor, [level, ("a", place("x001")), ("b", place("000")), ("width", place("1"))], silent: true),
      log(
        .gateway, tile + "ABCPWidth", .visitor,
        [level, ("a", place("x001")), ("b", place("x000")), ("c", place("000")), ("width", place("1"))], silent: true),
      log(.walletService, "readPublicCheckpoint", .gateway, []),
      log(.walletService, "readTile1", .gateway, parts(["000"]), silent: true),
      log(.walletService, "readTile2", .gateway, parts(["000.p", "1"])),
      log(.walletService, "readTile3", .gateway, parts(["x001", "000.p", "1"]), silent: true),
      log(.walletService, "readTile4", .gateway, parts(["x001", "x000", "000.p", "1"]), silent: true),
    ]
  }

  private static let level: (String, IsolationValue) = ("level", place("0"))

  private static func parts(_ parts: [String]) -> [(String, IsolationValue)] {
    [level] + parts.enumerated().map { ("part_\($0.offset + 1)", place($0.element)) }
  }

  private static func place(_ text: String) -> IsolationValue { .shared(.string(text), "a place in the tree of the log that is named") }

  /// - Parameter silent: no brand's log is so large in an audit that it had such a tile.
  private static func log(
    _ role: ServiceRole, _ operation: String, _ actor: IsolationActor, _ path: [(String, IsolationValue)], silent: Bool = false
  ) -> IsolationRow {
    let whose: [(String, IsolationValue)] = [
      ("brand_id", .thing(.brand)), ("ledger", .shared(.string("wallet_ledger"), "every brand has its own of that name")),
    ]
    let path = Dictionary(whose + path) { first, _ in first }
    return IsolationRow(role: role, operation: operation, actor: actor, subject: .asks(IsolationAsk(path: path, silent: silent)))
  }
}
