import Composition
import Contracts
import Foundation
import Kernel
import Redis
import TestSupport
import Testing

/// Rollback B of the runbook: a host led to the wrong brand for a while, and deposits came in through it.
@Suite("Drill: deposits of the wrong brand", .timeLimit(.minutes(2)))
struct CorruptedDepositDrillTests {
  private static let operatorID = "ops:drill"

  private struct Decision: Encodable {
    let reason: String
  }

  private struct Adjustment: Encodable {
    let amount: Int64
    let currency: String
    let bucket = "cash"
    let reason: String
  }

  @Test(
    "S0-RB-09 deposits that came through another brand's host are found, the wallet's tables stand still while they are looked at, the pending one is declined and the booked one compensated; no entry is edited, and the books are whole"
  )
  func drill() async throws {
    try await RunningStack.run { stack in
      let (right, wrong) = (stack.brands[0], stack.brands[1])
      let token = try await stack.operatorToken(of: Self.operatorID)
      let player = try await stack.player("misled", on: right)
      let binding = try await stack.redis("GET", "domain:agent:\(wrong.host)")
      let honest = try await announce(300, player, through: right, "honest", stack)

      // The incident: the second brand's host leads to the first brand.
      try await rebind(wrong, to: right, stack)
      let pending = try await announce(500, player, through: wrong, "pending", stack)
      let booked = try await announce(700, player, through: wrong, "booked", stack)
      #expect(try await decide(booked, "approve", player, token, stack) == "200")
      _ = try await stack.redis("SET", "domain:agent:\(wrong.host)", binding.text ?? "")
      #expect(try await stack.psql("SELECT sum(balance) FROM wallet.wallet_balance WHERE brand_id = \(right.id)") == "700")

      let cordon = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile])
      let who = ["--operator-id", Self.operatorID, "--reason", "INC-9"]
      #expect(try await cordon.run(["freeze", "set", "wallet"] + who).status == 0)
      #expect(try await decide(pending, "approve", player, token, stack) == "503 service_paused", "nobody books while it is looked at")
      let found = try await cordon.run("wallet", "deposits", "mismatched", "--brand", "\(right.id)", "--json")
      #expect(found.status == 3 && found.output.contains(pending) && found.output.contains(booked), "\(found.output)\(found.messages)")
      #expect(!found.output.contains(honest))
      #expect(try await cordon.run(["freeze", "clear", "wallet"] + who).status == 0)
      try await eventually("the tables take writes again") { try await decide(pending, "decline", player, token, stack) == "200" }
      #expect(try await compensate(-700, player, token, stack) == "201")
      try await expectCorrected(stack, player, pending: pending, booked: booked, cordon)
    }
  }

  private func expectCorrected(
    _ stack: RunningStack, _ player: StackPlayer, pending: String, booked: String, _ cordon: CordonProgram
  ) async throws {
    let brand = player.brand.id
    #expect(try await stack.psql("SELECT sum(balance) FROM wallet.wallet_balance WHERE brand_id = \(brand)") == "0")
    let states = try await stack.psql(
      "SELECT transaction_id, state FROM wallet.wallet_transaction WHERE brand_id = \(brand) AND kind = 'deposit' AND amount > 300 ORDER BY 1"
    )
    #expect(states == "\(pending)|declined\n\(booked)|approved")
    let entries = try await stack.psql(
      "SELECT command, amount FROM wallet.wallet_ledger WHERE brand_id = \(brand) AND player_id IS NOT NULL ORDER BY seq")
    #expect(entries == "deposit_approve|700\nadjust|-700", "the wrong entry stands, and one that takes it back behind it")
    // brand-global: test: what the ledger must refuse
    await #expect(throws: (any Error).self) { try await stack.psql("UPDATE wallet.wallet_ledger SET amount = 0") }
    let check = try await cordon.run("wallet", "check", "--full", "--brand", "\(brand)")
    #expect(check.status == 0, "\(check.output)\(check.messages)")
    let audited = try await stack.psql(
      "SELECT string_agg(action, ' ' ORDER BY audit_id) FROM cordon.admin_audit WHERE operator_id = '\(Self.operatorID)' AND action NOT LIKE 'TABLE%'"
    )
    for action in ["DEPOSIT_APPROVE", "DEPOSIT_DECLINE", "PLAYER_ADJUST"] { #expect(audited.contains(action), "\(audited)") }
  }

  // MARK: What people do

  /// A player announces a deposit at a host. - Returns: the transaction's id.
  private func announce(
    _ amount: Int64, _ player: StackPlayer, through brand: StackBrand, _ key: String, _ stack: RunningStack
  ) async throws -> String {
    let reply = try await stack.client.send(
      "POST", "/v1/wallet/deposits", at: stack.url(.gateway), host: brand.host, token: player.token, key: key,
      body: WalletAmountBody(amount: amount, currency: player.brand.currency))
    return try #require(try reply.decode(WalletCommandAnswer.self).transaction?.id, "\(reply.text)")
  }

  private func rebind(_ host: StackBrand, to brand: StackBrand, _ stack: RunningStack) async throws {
    let value = try await stack.redis("GET", "domain:agent:\(host.host)").text ?? ""
    _ = try await stack.redis("SET", "domain:agent:\(host.host)", value.replacing(#/"brand_id":\d+/#, with: #""brand_id":\#(brand.id)"#))
    try await eventually("the host leads to \(brand.code)") {
      try await stack.client.send("GET", "/v1/brand", at: stack.url(.gateway), host: host.host).text.contains(#""\#(brand.code)""#)
    }
  }

  private func decide(
    _ transaction: String, _ verb: String, _ player: StackPlayer, _ token: String, _ stack: RunningStack
  ) async throws -> String {
    try await stack.client.send(
      "POST", "/v1/admin/players/\(player.id)/deposits/\(transaction)/\(verb)", at: stack.url(.adminService), token: token,
      key: "\(verb)-\(transaction)", body: Decision(reason: "INC-9"), headers: stack.headers(ofOperator: Self.operatorID, player.brand)
    ).summary
  }

  private func compensate(_ amount: Int64, _ player: StackPlayer, _ token: String, _ stack: RunningStack) async throws -> String {
    try await stack.client.send(
      "POST", "/v1/admin/players/\(player.id)/adjustments", at: stack.url(.adminService), token: token, key: "compensation",
      body: Adjustment(amount: amount, currency: player.brand.currency, reason: "INC-9: not this brand's money"),
      headers: stack.headers(ofOperator: Self.operatorID, player.brand)
    ).summary
  }
}
