internal import Contracts
internal import Kernel
internal import Platform

/// The wallet: as other roles ask it for a brand, and as the gateway passes players on.
extension IsolationTable {
  static var wallet: [IsolationRow] {
    // Last the bet: the asking brand then has one of the same reference.
    walletCommands + walletReads + walletDocuments + walletForwarded + [
      command(
        "walletAuthorize",
        [
          "player_id": .thing(.player), "amount": 100, "currency": .own(.currency), "provider": "house",
          "reference": .thing(.secondBetReference),
        ])
    ]
  }

  // MARK: Commands

  private static var walletCommands: [IsolationRow] {
    let cashier: [(String, IsolationThing)] = [
      ("walletDepositApprove", .deposit), ("walletDepositDecline", .deposit), ("walletWithdrawApprove", .withdrawal),
      ("walletWithdrawDecline", .withdrawal), ("walletWithdrawPay", .approvedWithdrawal), ("walletBonusConvert", .bonus),
      ("walletBonusForfeit", .bonus), ("walletRollingComplete", .bonus),
    ]
    let paid = ["walletDeposit", "walletWithdrawRequest", "walletRebate", "walletCashback", "walletLossback"]
    return paid.map { command($0, ["player_id": .thing(.player), "amount": 100, "currency": .own(.currency)]) }
      + cashier.map { command($0.0, ["player_id": .thing(.player), "transaction_id": .thing($0.1)]) }
      + [
        command(
          "walletBonusGrant", ["player_id": .thing(.player), "amount": 100, "currency": .own(.currency), "requirement": 100]),
        command(
          "walletAdjust",
          ["player_id": .thing(.player), "amount": 1, "currency": .own(.currency), "bucket": .own(.bucket), "reason": "isolation audit"]),
        command(
          "walletTransfer",
          [
            "player_id": .thing(.player), "amount": 1, "currency": .own(.currency), "from": .own(.bucket), "to": .own(.otherBucket),
          ]),
        command(
          "walletSettle",
          [
            "player_id": .thing(.player), "amount": 100, "currency": .own(.currency), "provider": "house",
            "reference": .thing(.betReference),
          ]),
        command("walletRollback", ["player_id": .thing(.player), "provider": "house", "reference": .thing(.betReference)]),
        IsolationRow(
          role: .walletService, operation: "walletBatch", actor: .role,
          subject: .asks(
            IsolationAsk(
              body: [
                "commands": .items([
                  [
                    "command": "deposit", "idempotency_key": .thing(.roleKey), "player_id": .thing(.player), "amount": 100,
                    "currency": .own(.currency),
                  ],
                  [
                    "command": "deposit_approve", "idempotency_key": .own(.newKey), "player_id": .own(.player),
                    "transaction_id": .thing(.deposit),
                  ],
                ])
              ]))),
      ]
  }

  private static func command(_ operation: String, _ body: IsolationNode) -> IsolationRow {
    IsolationRow(
      role: .walletService, operation: operation, actor: .role,
      subject: .asks(IsolationAsk(headers: [HeaderNames.idempotencyKey: .thing(.roleKey)], body: body)))
  }

  // MARK: Reads

  private static var walletReads: [IsolationRow] {
    let ofPlayer: [String: IsolationValue] = ["player_id": .thing(.player)]
    let pages: [String: IsolationValue] = ["cursor": .filter(.cursor)]
    let lists = ["listTransactions", "listDeposits", "listWithdrawals", "listAdjustments"]
    return [
      read("readBalances", IsolationAsk(path: ofPlayer)),
      read("listPlayerTransactions", IsolationAsk(path: ofPlayer, query: pages)),
      read("listPlayerLedger", IsolationAsk(path: ofPlayer, query: pages)),
      read("readTransaction", IsolationAsk(path: ["transaction_id": .thing(.transaction)])),
      read("findBet", IsolationAsk(query: ["provider": .plain("house"), "reference": .thing(.betReference)])),
      read("listLedger", IsolationAsk(query: ["request_id": .filter(.roleKey), "cursor": .filter(.cursor)])),
      read("readCommand", IsolationAsk(query: ["request_id": .thing(.roleKey)])),
      read("listReceipts", IsolationAsk(query: ["request_id": .thing(.roleKey)])),
    ] + lists.map { read($0, IsolationAsk(query: pages)) }
      + ["readTopology", "readPolicy", "readTrialBalance", "readCheckpoint"].map {
        .namesNothing(.walletService, $0, .role, "the brand of the call, and nothing else")
      }
  }

  static var receipt: IsolationRow { read("readReceipt", IsolationAsk(path: ["seq": .thing(.entry)])) }

  private static func read(_ operation: String, _ ask: IsolationAsk) -> IsolationRow {
    IsolationRow(role: .walletService, operation: operation, actor: .role, subject: .asks(ask))
  }

  // MARK: Documents

  private static var walletDocuments: [IsolationRow] {
    documents("Policy", .policyVersion, .policyDocument) + documents("Topology", .topologyVersion, .topologyDocument)
      + [
        .platformWide(
          .walletService, "checkTopology", .role, "a role checks a document against the topology of the brand that it speaks for, or none")
      ]
  }

  private static func documents(_ kind: String, _ version: IsolationThing, _ document: IsolationThing) -> [IsolationRow] {
    let path: [String: IsolationValue] = ["version": .thing(version)]
    let act: [(String, IsolationNode)] = [
      ("operator_id", .shared("ops:isolation", "who acts, for the audit; no account is looked up")), ("reason", "isolation audit"),
    ]
    func body(_ members: [(String, IsolationNode)]) -> IsolationNode { .members((members + act).map { (name: $0.0, node: $0.1) }) }
    return [
      read("list\(kind)Versions", IsolationAsk(query: ["cursor": .filter(.cursor)])),
      read("read\(kind)Version", IsolationAsk(path: path)),
      read("diff\(kind)Versions", IsolationAsk(path: path, query: ["from": .filter(version)])),
      read("check\(kind)Version", IsolationAsk(path: path)),
      read("draft\(kind)Version", IsolationAsk(body: body([("document", .own(document))]))),
      // No version is that high, so that no document changes, whosever version is named.
      read("activate\(kind)Version", IsolationAsk(path: path, body: body([("expected_active_version", 1_000_000_000)]))),
      read("discard\(kind)Version", IsolationAsk(path: path, body: body([]))),
    ]
  }

  // MARK: Passed on by the gateway

  private static var walletForwarded: [IsolationRow] {
    let money: IsolationNode = ["amount": 100, "currency": .own(.currency)]
    let keyed = forwarded.merging([HeaderNames.idempotencyKey: .thing(.playerKey)]) { $1 }
    return [
      gateway("readOwnBalances", IsolationAsk(headers: forwarded)),
      gateway("listOwnTransactions", IsolationAsk(query: ["cursor": .filter(.cursor)], headers: forwarded)),
      gateway("listOwnReceipts", IsolationAsk(query: ["idempotency_key": .thing(.playerKey)], headers: forwarded)),
      gateway("requestDeposit", IsolationAsk(headers: keyed, body: money)),
      gateway("requestWithdrawal", IsolationAsk(headers: keyed, body: money)),
      gateway("placeBet", IsolationAsk(headers: keyed, body: money)),
      IsolationRow(
        role: .walletService, operation: "plisioCallback", actor: .payments, subject: .asks(IsolationAsk(body: payment, silent: true))),
    ]
  }

  private static func gateway(_ operation: String, _ ask: IsolationAsk) -> IsolationRow {
    IsolationRow(role: .walletService, operation: operation, actor: .gateway, subject: .asks(ask))
  }
}
