internal import Contracts
internal import HTTPTypes
internal import Kernel
package import Platform

/// The wallet's queries for other roles: each refuses without a brand and answers for that brand alone (S0-WAL-22).
package struct WalletReadRoutes: Sendable {
  private static let player = Parameter.path("player_id", .identifier, "The player.")
  private static let state = Parameter.query(
    "state", .choice(WalletTransaction.State.allCases.map(\.rawValue)), "Only those in this state.")

  private let reads: WalletReads

  package init(reads: WalletReads) { self.reads = reads }

  package var endpoints: [Endpoint] { playerEndpoints + transactionEndpoints + brandEndpoints }

  private var playerEndpoints: [Endpoint] {
    [
      query("players/{player_id}/balances", "readBalances", "A player's buckets", [Self.player], WalletBalancesAnswer.self) {
        reads, request in
        try .json(try await reads.balances(of: try Self.player(request), brand: try request.brand()))
      },
      query(
        "players/{player_id}/transactions", "listPlayerTransactions", "A player's transactions, newest first",
        [Self.player, Self.state] + WalletReads.pageParameters, WalletTransactionsAnswer.self
      ) { reads, request in
        try .json(try await reads.transactions(of: try Self.player(request), request))
      },
      query(
        "players/{player_id}/ledger", "listPlayerLedger", "A player's postings, newest first", [Self.player] + WalletReads.pageParameters,
        WalletLedgerAnswer.self
      ) { reads, request in
        try .json(try await reads.ledger(of: try Self.player(request), request))
      },
    ]
  }

  private var transactionEndpoints: [Endpoint] {
    [
      query(
        "transactions/{transaction_id}", "readTransaction", "One transaction", [.path("transaction_id", .uuid, "The transaction.")],
        WalletTransactionEntry.self, [.transactionNotFound]
      ) { reads, request in
        try .json(try await reads.transaction(request.argument("transaction_id") ?? "", brand: try request.brand()))
      },
      query(
        "bets", "findBet", "The bet of a provider's id",
        [
          .query("provider", .string(length: 1...32, pattern: .lowercaseWord), required: true, "The provider."),
          .query("reference", .string(length: 1...200, pattern: .visibleASCII), required: true, "The provider's id."),
        ], WalletTransactionEntry.self, [.transactionNotFound]
      ) { reads, request in
        try .json(
          try await reads.bet(
            provider: request.argument("provider") ?? "", reference: request.argument("reference") ?? "", brand: try request.brand()))
      },
      list("transactions", "listTransactions", "All transactions of the brand, newest first", kind: nil),
      list("deposits", "listDeposits", "Deposits of the brand; state=pending is the deposit look-up", kind: "deposit"),
      list("withdrawals", "listWithdrawals", "Withdrawals of the brand", kind: "withdraw"),
      list("adjustments", "listAdjustments", "Adjustments of the brand", kind: "adjust"),
    ]
  }

  private var brandEndpoints: [Endpoint] {
    [
      query(
        "ledger", "listLedger", "The brand's postings, newest first",
        [.query("request_id", .string(length: 1...255, pattern: .visibleASCII), "Only those of this command.")]
          + WalletReads.pageParameters,
        WalletLedgerAnswer.self
      ) { reads, request in
        try .json(try await reads.ledger(of: nil, request))
      },
      query(
        "topology", "readTopology", "The brand's active topology", [], WalletDocumentBody<WalletTopologyDocument>.self, [.topologyMissing]
      ) { reads, request in
        try .json(try await reads.topology(of: try request.brand()))
      },
      query("policy", "readPolicy", "The brand's active policy", [], WalletDocumentBody<WalletPolicy>.self, [.policyMissing]) {
        reads, request in
        try .json(try await reads.policy(of: try request.brand()))
      },
      query("trial-balance", "readTrialBalance", "The brand's books", [], WalletTrialBalance.self) { reads, request in
        try .json(try await reads.trialBalance(of: try request.brand()))
      },
      query(
        "commands", "readCommand", "The answer that a command got",
        [.query("request_id", .string(length: 1...255, pattern: .visibleASCII), required: true, "The stored key.")],
        WalletCommandAnswer.self, [.transactionNotFound]
      ) { reads, request in
        let answer = try await reads.command(request.argument("request_id") ?? "", brand: try request.brand())
        let type = answer.status < 400 ? "application/json" : ProblemBody.contentType
        return Reply(status: .init(code: answer.status), headers: [.contentType: type], body: answer.body)
      },
    ]
  }

  private func list(_ path: String, _ id: String, _ summary: String, kind: String?) -> Endpoint {
    query(path, id, summary, [Self.state] + WalletReads.pageParameters, WalletTransactionsAnswer.self) { reads, request in
      try .json(try await reads.transactions(of: nil, kind: kind, request))
    }
  }

  private func query<Answer: JSONSchemaProviding>(
    _ path: String, _ id: String, _ summary: String, _ parameters: [Parameter], _ answer: Answer.Type, _ refusals: [ProblemReason] = [],
    handle: @escaping @Sendable (WalletReads, EndpointRequest) async throws -> Reply
  ) -> Endpoint {
    Endpoint(
      .get, "/internal/wallet/\(path)", id: id, summary: summary, access: .internalCall(brand: .required), parameters: parameters,
      reply: .json(answer), refusals: refusals
    ) { [reads] request in try await handle(reads, request) }
  }

  private static func player(_ request: EndpointRequest) throws(Problem) -> PlayerID {
    guard let player = request.integer("player_id").flatMap({ PlayerID($0) }) else { throw Problem(.playerNotFound) }
    return player
  }
}
