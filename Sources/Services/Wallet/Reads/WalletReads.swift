internal import Contracts
internal import Kernel
package import Platform
package import Postgres
package import Security

/// Answers the wallet's queries, of players and of other roles alike.
package struct WalletReads: Sendable {
  private let store: WalletReadStore
  private let catalog: BrandCatalog
  private let cursors: PageCursor

  package init(database: Database, catalog: BrandCatalog, cursors: PageCursor) {
    self.store = WalletReadStore(database: database)
    self.catalog = catalog
    self.cursors = cursors
  }

  static let pageParameters: [Parameter] = [
    .query("limit", .integer(1...Int64(Limits.pageSizeMax)), "How many, 10 unless it is said."),
    .query("cursor", .string(length: 1...400, pattern: .base64url), "next_cursor of the page before."),
  ]

  func balances(of player: PlayerID, brand id: BrandID) async throws -> WalletBalancesAnswer {
    guard let brand = try await catalog.brand(id), try await store.hasPlayer(player, brand: id) else { throw Problem(.playerNotFound) }
    guard let topology = try await store.topology(of: id)?.document.topology() else { throw Problem(.topologyMissing) }
    let balances = try await store.balances(of: player, brand: id, currency: brand.currency)
    return WalletBalancesAnswer(
      player: player.rawValue, currency: brand.currency.code, total: try Self.total(balances.values),
      balances: WalletAnswers.balances(balances, topology))
  }

  /// No command lets it leave Int64; a row that somebody changed by hand must not end the process.
  private static func total(_ balances: some Sequence<Int64>) throws(Problem) -> Int64 {
    var total: Int64 = 0
    for balance in balances {
      let (sum, overflow) = total.addingReportingOverflow(balance)
      guard !overflow else { throw Problem(.internalError, detail: "the buckets hold more than an Int64") }
      total = sum
    }
    return total
  }

  /// - Parameter player: nil for all players of the brand.
  func transactions(of player: PlayerID?, kind: String? = nil, _ request: EndpointRequest) async throws -> WalletTransactionsAnswer {
    let brand = try request.brand()
    let state = request.argument("state")
    let scope = "\(request.route) \(brand) \(player?.description ?? "-") \(kind ?? "-") \(state ?? "-")"
    let page = try page(request, scope)
    let rows = try await store.transactions(brand: brand, player: player, kind: kind, state: state, page: page.oneMore)
    let shown = Array(rows.prefix(page.limit))
    return WalletTransactionsAnswer(
      data: shown, hasMore: rows.count > page.limit, nextCursor: next(shown.last?.id, rows.count > page.limit, scope))
  }

  func ledger(of player: PlayerID?, _ request: EndpointRequest) async throws -> WalletLedgerAnswer {
    let brand = try request.brand()
    let key = request.argument("request_id")
    let scope = "\(request.route) \(brand) \(player?.description ?? "-") \(key ?? "-")"
    let page = try page(request, scope)
    let rows = try await store.ledger(brand: brand, player: player, key: key, page: page.oneMore)
    let shown = Array(rows.prefix(page.limit))
    return WalletLedgerAnswer(
      data: shown, hasMore: rows.count > page.limit, nextCursor: next(shown.last.map { String($0.entry) }, rows.count > page.limit, scope))
  }

  func transaction(_ id: String, brand: BrandID) async throws -> WalletTransactionEntry {
    guard let entry = try await store.transaction(id, brand: brand) else { throw Problem(.transactionNotFound) }
    return entry
  }

  func bet(provider: String, reference: String, brand: BrandID) async throws -> WalletTransactionEntry {
    guard let entry = try await store.bet(provider: provider, reference: reference, brand: brand) else {
      throw Problem(.transactionNotFound)
    }
    return entry
  }

  func topology(of brand: BrandID) async throws -> WalletDocumentBody<WalletTopologyDocument> {
    guard let active = try await store.topology(of: brand) else { throw Problem(.topologyMissing) }
    return active
  }

  func policy(of brand: BrandID) async throws -> WalletDocumentBody<WalletPolicy> {
    guard let active = try await store.policy(of: brand) else { throw Problem(.policyMissing) }
    return active
  }

  func trialBalance(of brand: BrandID) async throws -> WalletTrialBalance {
    WalletTrialBalance(
      brand: brand.rawValue, lines: try await store.trialBalance(brand: brand), differences: try await store.differences(brand: brand))
  }

  /// The answer that an idempotency key got: the way to find out what became of a command.
  func command(_ key: String, brand: BrandID) async throws -> WalletAnswer {
    guard let answer = try await store.command(key, brand: brand) else { throw Problem(.transactionNotFound) }
    return answer
  }

  private func page(_ request: EndpointRequest, _ scope: String) throws(Problem) -> WalletPage {
    guard let cursor = request.argument("cursor") else { return WalletPage(after: nil, limit: request.pageSize) }
    return WalletPage(after: try cursors.decode(cursor, scope: scope), limit: request.pageSize)
  }

  private func next(_ last: String?, _ hasMore: Bool, _ scope: String) -> String? {
    guard hasMore, let last else { return nil }
    return cursors.encode(position: last, scope: scope)
  }
}
