/// Where a finding is.
enum WalletFindingPlace: Hashable, Sendable {
  case entry(Int64)
  case request(String)
  case player(Int64)
  case head

  var entry: Int64? { if case .entry(let seq) = self { seq } else { nil } }
  var request: String? { if case .request(let request) = self { request } else { nil } }
  var player: Int64? { if case .player(let player) = self { player } else { nil } }

  /// - Returns: the place that the columns of a stored finding name.
  static func of(entry: Int64?, request: String?, player: Int64?) -> WalletFindingPlace {
    if let entry { return .entry(entry) }
    if let request { return .request(request) }
    return player.map { .player($0) } ?? .head
  }
}
