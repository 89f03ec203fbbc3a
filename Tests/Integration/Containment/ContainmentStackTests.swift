import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

/// A running stack whose data is under suspicion.
@Suite("Containment", .serialized)
struct ContainmentStackTests {
  private struct Batch: Encodable, Sendable {
    struct Deposit: Encodable, Sendable {
      let command = "deposit"
      let idempotencyKey: String
      let player: Int64
      let amount: Int64 = 500
      let currency: String

      enum CodingKeys: String, CodingKey {
        case command
        case idempotencyKey = "idempotency_key"
        case player = "player_id"
        case amount, currency
      }
    }

    let commands: [Deposit]
  }

  private static let act = ["--operator-id", "ops:alice", "--reason", "INC-7"]

  @Test(
    "S4-INC-07 a contained brand's writes are refused at every door and its reads go on; the other brand, sessions and audits are untouched, and it can end",
    .timeLimit(.minutes(3)))
  func posture() async throws {
    try await RunningStack.run { stack in
      let (brand, other) = (stack.brands[0], stack.brands[1])
      let (player, neighbour) = (try await stack.player("anna", on: brand), try await stack.player("anna", on: other))
      #expect(try await deposit(500, "before", player, stack).status == 201)
      let program = CordonProgram(environment: ["CORDON_ENV": "local"])
      func cordon(_ arguments: String...) async throws -> (status: Int32, output: String) {
        let run = try await program.run(arguments + ["--config", stack.configurationFile])
        return (run.status, run.output)
      }
      #expect(try await cordon("containment", "begin", "--brand", "\(brand.id)", "--yes").status == 2, "nobody signs")
      let begun = try await program.run(
        ["containment", "begin", "--brand", "\(brand.id)", "--yes", "--config", stack.configurationFile] + Self.act)
      #expect(begun.status == 0, "\(begun.messages)")
      let again = try await program.run(
        ["containment", "begin", "--brand", "\(brand.id)", "--yes", "--config", stack.configurationFile] + Self.act)
      #expect(again.status == 0 && again.output.contains("already"))

      // At the wallet, at the gateway, and behind every service: the database refuses.
      let refused = try await deposit(700, "during", player, stack)
      #expect(refused.status == 503 && refused.text.contains(#""reason":"containment""#), "\(refused.text)")
      let registration = try await stack.client.send(
        "POST", "/v1/players", at: stack.url(.gateway), host: brand.host,
        body: RegistrationBody(account: "bert", password: "correct horse battery staple"))
      #expect(registration.status == 503 && registration.text.contains(#""reason":"containment""#), "\(registration.text)")
      // Reads go on, and so does what an incident needs.
      let balances = try await stack.client.send(
        "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: brand.host, token: player.token)
      #expect(balances.status == 200 && balances.text.contains("500"))
      let ended = try await program.run(
        ["sessions", "invalidate", "--brand", "\(brand.id)", "--yes", "--config", stack.configurationFile] + Self.act)
      #expect(ended.status == 0, "\(ended.messages)")
      #expect(try await deposit(700, "during", neighbour, stack).status == 201)

      let lifted = try await program.run(
        ["containment", "end", "--brand", "\(brand.id)", "--yes", "--config", stack.configurationFile] + Self.act)
      #expect(lifted.status == 0, "\(lifted.messages)")
      // Nothing of the refused command was kept: the same key does what it says.
      #expect(try await deposit(700, "during", player, stack).status == 201)
      let audited = try await stack.psql(
        "SELECT string_agg(action, ' ' ORDER BY audit_id) FROM cordon.admin_audit WHERE brand_id = \(brand.id) AND resource = 'containment'"
      )
      #expect(audited == "CONTAINMENT_BEGIN CONTAINMENT_END")
      let history = try await cordon("containment", "status", "--brand", "\(brand.id)", "--json")
      #expect(history.output.contains(#""contained":false"#) && history.output.contains("INC-7"), "\(history.output)")
    }
  }

  @Test(
    "S4-INT-04 a superuser's edit far behind what is being signed is found within a minute, counted, and contains the brand where that is configured; it can't end while it stands",
    .timeLimit(.minutes(4)))
  func monitor() async throws {
    try await RunningStack.run(settings: ["EVIDENCE_CONTAINMENT": "on"]) { stack in
      let (brand, other) = (stack.brands[0], stack.brands[1])
      let (player, neighbour) = (try await stack.player("anna", on: brand), try await stack.player("anna", on: other))
      // More than a full tile: the signer doesn't look there any more.
      for round in 0..<2 {
        let body = Batch(
          commands: (0..<90).map { .init(idempotencyKey: "\(brand.code):m-\(round)-\($0)", player: player.id, currency: brand.currency) })
        let reply = try await stack.client.send(
          "POST", "/internal/wallet/batch", at: stack.url(.walletService), body: body, headers: stack.headers(of: .admin, brand))
        #expect(reply.status == 200 && reply.text.split(separator: "\"status\":201").count > 90, "\(reply.text)")
      }
      try await eventually("everything is signed", within: .seconds(60)) {
        try await stack.psql("SELECT max(tree_size) FROM evidence.log_checkpoint WHERE brand_id = \(brand.id) AND ledger = 'wallet_ledger'")
          == "360"
      }
      try await stack.psql(
        """
        BEGIN; ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER ALL;
        UPDATE wallet.wallet_ledger SET amount = amount + 1 WHERE brand_id = \(brand.id) AND seq = 41;
        ALTER TABLE wallet.wallet_ledger ENABLE TRIGGER ALL; COMMIT
        """)
      let series = #"{brand_code="\#(brand.code)",ledger="wallet_ledger",reason="chain_broken"} "#
      try await eventually("the monitor finds it", within: .seconds(60)) {
        let page = try await stack.client.send("GET", "/metrics", at: stack.url(.walletWorker)).text
        return page.contains("evidence_log_tampered" + series + "1") && page.contains("evidence_verification_failures_total" + series)
      }
      try await eventually("the brand is contained") { try await deposit(500, "after", player, stack).text.contains("containment") }
      #expect(try await deposit(500, "after", neighbour, stack).status == 201)
      let by = try await stack.psql(
        "SELECT operator_id FROM cordon.admin_audit WHERE brand_id = \(brand.id) AND action = 'CONTAINMENT_BEGIN'")
      #expect(by == "cordon:tamper-monitor")
      #expect(stack.log.contains(#""event":"log_tampered""#))

      let program = CordonProgram(environment: ["CORDON_ENV": "local"])
      let end = ["containment", "end", "--brand", "\(brand.id)", "--yes", "--config", stack.configurationFile] + Self.act
      let kept = try await program.run(end)
      #expect(kept.status == 3 && kept.messages.contains("entry 41"), "\(kept.messages)")
      // Somebody decides all the same, and the next round of the monitor doesn't overrule that.
      #expect(try await program.run(end + ["--unverified"]).status == 0)
      let failures = #"evidence_verification_failures_total{brand_code="\#(brand.code)",ledger="wallet_ledger",reason="chain_broken"} "#
      func count() async throws -> Int {
        let page = try await stack.client.send("GET", "/metrics", at: stack.url(.walletWorker)).text
        return page.split(separator: "\n").first { $0.hasPrefix(failures) }.flatMap { Int($0.dropFirst(failures.count)) } ?? 0
      }
      let before = try await count()
      try await eventually("another round", within: .seconds(60)) { try await count() > before }
      #expect(try await deposit(500, "decided", player, stack).status == 201)
    }
  }

  private func deposit(_ amount: Int64, _ name: String, _ player: StackPlayer, _ stack: RunningStack) async throws -> StackReply {
    try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):contained:\(name)",
      body: WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency),
      headers: stack.headers(of: .admin, player.brand))
  }
}
