internal import Kernel
internal import Platform
internal import Wallet

/// How versions of wallet documents are shown to people.
enum DocumentReport {
  static func text(_ versions: [WalletDocumentVersion]) -> String {
    var table = TextTable("VERSION", "STATUS", "WRITTEN", "BY", "ACTIVATED", "BY", "RETIRED")
    for version in versions {
      table.add(
        "\(version.version)", version.status.rawValue, "\(version.createdAt)", version.createdBy,
        version.activatedAt?.description ?? "-", version.activatedBy ?? "-", version.retiredAt?.description ?? "-")
    }
    return table.text
  }

  static func text(_ version: WalletDocumentVersion) -> String {
    text([version]) + "\n\n" + JSONWriter.text(of: version.document)
  }

  static func text(_ difference: WalletDocumentDifference) -> String {
    var table = TextTable("CHANGE", "PLACE", "OLD", "NEW")
    for change in difference.changes {
      let place = change.pointer.isEmpty ? "(document)" : change.pointer
      table.add(change.kind.rawValue, place, change.old.map(JSONWriter.text) ?? "-", change.new.map(JSONWriter.text) ?? "-")
    }
    return difference.changes.isEmpty ? "no difference" : table.text
  }

  static func text(_ check: WalletDocumentCheck) -> String {
    var parts: [String] = []
    if let change = check.change, let holdings = check.holdings { parts += [effects(change, holdings), totals(holdings)] }
    if !check.faults.isEmpty {
      var table = TextTable("PLACE", "FAULT")
      for fault in check.faults { table.add(fault.pointer.isEmpty ? "(document)" : fault.pointer, fault.detail) }
      parts.append(table.text)
    }
    let verdict = check.canBeActivated.map { $0 ? "can be activated" : "can't be activated" } ?? "not known"
    parts.append("version \(check.version.version) after \(check.activeVersion.map { "version \($0)" } ?? "none"): \(verdict)")
    return parts.joined(separator: "\n\n")
  }

  private static func effects(_ change: WalletTopologyChange, _ holdings: WalletHoldings) -> String {
    var table = TextTable("EFFECT", "PLAYERS WITH MONEY", "BUCKETS")
    func add(_ effect: String, _ players: Int64, _ buckets: [String]) {
      table.add(effect, "\(players)", buckets.isEmpty ? "-" : buckets.joined(separator: ", "))
    }
    add("vanish", holdings.vanishingPlayers, change.vanishing)
    add("no longer withdrawable", holdings.noLongerWithdrawablePlayers, change.noLongerWithdrawable)
    add("leave bet_order", holdings.leavingBetOrderPlayers, change.leavingBetOrder)
    table.add("added", "-", change.added.isEmpty ? "-" : change.added.joined(separator: ", "))
    return table.text
  }

  private static func totals(_ holdings: WalletHoldings) -> String {
    var table = TextTable("BUCKET", "PLAYERS", "TOTAL")
    for total in holdings.totals { table.add(total.bucket, "\(total.players)", "\(total.amount) \(total.currency)") }
    let extent = holdings.isComplete ? "all \(holdings.rows) balances" : "the first \(holdings.rows) balances only, there are more"
    return table.text + "\n(\(extent))"
  }
}
