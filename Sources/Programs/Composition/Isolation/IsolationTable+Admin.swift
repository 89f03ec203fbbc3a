internal import Contracts
internal import Kernel
internal import Platform

/// The back office, as an operator of one brand.
extension IsolationTable {
  static var admin: [IsolationRow] { hosts + people + brands + logs + settings }

  private static let brand: [String: IsolationValue] = [HeaderNames.brandID: .thing(.brand)]

  private static func ask(_ operation: String, _ ask: IsolationAsk) -> IsolationRow {
    IsolationRow(role: .adminService, operation: operation, actor: .operatorOfBrand, subject: .asks(ask))
  }

  /// What only operators of the whole platform do.
  private static func barred(
    _ operation: String, path: [String: IsolationValue] = [:], query: [String: IsolationValue] = [:], body: IsolationNode? = nil
  ) -> IsolationRow {
    ask(operation, IsolationAsk(path: path, query: query, body: body, barred: .superAdminRequired))
  }

  // MARK: Players and agents

  private static var people: [IsolationRow] {
    let keyed = brand.merging([HeaderNames.idempotencyKey: .thing(.operatorKey)]) { $1 }
    let decisions: [(String, IsolationThing)] = [
      ("approveDeposit", .deposit), ("declineDeposit", .deposit), ("approveWithdrawal", .withdrawal), ("declineWithdrawal", .withdrawal),
      ("payWithdrawal", .approvedWithdrawal),
    ]
    let player: [String: IsolationValue] = ["player_id": .thing(.player)]
    let agent: [String: IsolationValue] = ["agent_id": .thing(.agent)]
    return [
      ask(
        "depositManually",
        IsolationAsk(path: player, headers: keyed, body: ["amount": 100, "currency": .own(.currency), "reason": "isolation audit"])),
      ask(
        "adjustPlayer",
        IsolationAsk(
          path: player, headers: keyed,
          body: ["amount": 1, "currency": .own(.currency), "bucket": .own(.bucket), "reason": "isolation audit"])),
      ask("listAgentBrands", IsolationAsk(query: ["cursor": .filter(.cursor)], headers: brand)),
      ask("readAgentBrand", IsolationAsk(path: agent, headers: brand)),
      ask("setAgentBrand", IsolationAsk(path: agent, headers: brand, body: ["status": "enabled"])),
      ask("createAgent", IsolationAsk(headers: brand, body: ["name": "isolation audit", "brand_ids": .items([.thing(.brand)])])),
      .platformWide(.adminService, "signInOperator", .visitor, "operators sign in at one door; their token says for which brands"),
      ask("deleteAgentBrand", IsolationAsk(path: agent, headers: brand)),
    ]
      + decisions.map { operation, thing in
        ask(
          operation,
          IsolationAsk(path: player.merging(["transaction_id": .thing(thing)]) { $1 }, headers: keyed, body: ["reason": "isolation audit"]))
      }
  }

  // MARK: The platform's catalogue

  private static var brands: [IsolationRow] {
    let path: [String: IsolationValue] = ["brand_id": .thing(.brand)]
    return [
      .namesNothing(.adminService, "listBrands", .operatorOfBrand, "lists the brands that the token names"),
      ask("readBrand", IsolationAsk(path: path)),
      barred("createBrand", body: ["brand_code": "isolation", "name": "isolation", "default_currency": "EUR"]),
      barred("updateBrand", path: path, body: ["name": "isolation"]),
      barred("disableBrand", path: path, body: ["reason": "isolation audit"]),
      barred("enableBrand", path: path, body: ["reason": "isolation audit"]),
      barred("publishBrandCatalog"),
      barred("rebuildDomains"),
      .namesNothing(.adminService, "listGlobalVars", .operatorOfBrand, "the platform's settings, which every operator may read"),
      barred("updateGlobalVar", path: ["key": .thing(.configKey)], body: ["value": 1]),
      barred("updateSettings", body: ["settings": ["isolation": 1]]),
      barred("updateMaintenance", body: ["enabled": false]),
    ]
  }

  // MARK: Hosts

  private static var hosts: [IsolationRow] {
    let path: [String: IsolationValue] = ["host": .thing(.host)]
    return [
      ask("listDomains", IsolationAsk(headers: brand)),
      ask("readDomain", IsolationAsk(path: path, headers: brand)),
      // Host names are public, and one leads to one brand: a taken one can't be had, and that must be said.
      ask(
        "bindDomain",
        IsolationAsk(
          path: path, headers: brand, body: ["agent_id": .thing(.agent), "level_id": .shared(.null, "levels are numbers without rows")],
          alarms: [.domainTaken])),
      ask("unbindDomain", IsolationAsk(path: path, headers: brand)),
    ]
  }

  // MARK: Configuration, logs and audit

  private static var settings: [IsolationRow] {
    let path: [String: IsolationValue] = ["key": .thing(.configKey)]
    return [
      ask("listBrandConfig", IsolationAsk(headers: brand)),
      ask("readBrandConfig", IsolationAsk(path: path, headers: brand)),
      ask("revertBrandConfig", IsolationAsk(headers: brand, body: ["audit_id": .thing(.auditRow), "reason": "isolation audit"])),
      ask("deleteBrandConfig", IsolationAsk(path: path, headers: brand)),
      // Last: the asking brand then has a key of the same name.
      ask("setBrandConfig", IsolationAsk(path: path, headers: brand, body: ["value": 1], silent: true)),
    ]
  }

  private static var logs: [IsolationRow] {
    let pages: [String: IsolationValue] = ["cursor": .filter(.cursor)]
    let ofPlayer = pages.merging(["player_id": .filter(.player)]) { $1 }
    let filters = pages.merging(["operator_id": .filter(.operatorID), "resource_key": .filter(.configKey)]) { $1 }
    let events = pages.merging(["request_id": .filter(.refusedRequest)]) { $1 }
    return [
      ask("listPlayerBalanceLog", IsolationAsk(query: ofPlayer, headers: brand)),
      ask("listPlayerLoginLog", IsolationAsk(query: ofPlayer, headers: brand)),
      ask("listAudit", IsolationAsk(query: filters, headers: brand)),
      barred("listPlatformAudit", query: filters),
      ask("listSystemEvents", IsolationAsk(query: events, headers: brand)),
      barred("listPlatformSystemEvents", query: events),
    ] + evidence
  }

  /// Each brand counts the entries of its own logs: another brand's number is one that this brand hasn't yet.
  private static var evidence: [IsolationRow] {
    let ledger: [String: IsolationValue] = ["ledger": .shared(.string("wallet_ledger"), "every brand has its own of that name")]
    return [
      ask("listEvidence", IsolationAsk(path: ledger, query: ["cursor": .filter(.cursor)], headers: brand)),
      ask("readEvidenceCheckpoint", IsolationAsk(path: ledger, headers: brand)),
    ]
  }

  /// Asked when every entry is signed.
  static var evidenceReceipt: IsolationRow {
    let path: [String: IsolationValue] = [
      "ledger": .shared(.string("wallet_ledger"), "every brand has its own of that name"), "seq": .thing(.entry),
    ]
    return ask("readEvidenceReceipt", IsolationAsk(path: path, headers: brand))
  }
}
