import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@Suite("Poison events are set aside, repaired and published once")
struct OutboxRepairTests {
  @Test("S0-WAL-16 a poison event goes to the dead letters, the others go on; repaired and republished it appears once, audited")
  func drill() async throws {
    try await OutboxBench.run { bench in
      for amount in 1...3 { try await bench.wallet.deposit(amount) }
      let ids = try await bench.eventIDs(brand: 1)
      let sound = try await bench.poison(ids[1])
      for _ in 0..<OutboxWorker.attemptsMax { _ = await bench.worker.publishRound() }
      #expect(try await bench.stream().map { $0["event_id"] } == [ids[0], ids[2]])
      #expect(try await bench.count("dead_lettered_at IS NOT NULL AND attempts = 3") == 1)
      #expect(bench.metric("wallet_outbox_dead_lettered_total", brand: "default") == 1)
      #expect(bench.logs.lines(with: #""event":"outbox_dead_letter""#, ids[1]).count == 1)

      let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.wallet.database.url])
      let listed = try await cordon.run("outbox", "list", "--table", "wallet", "--json")
      #expect(listed.status == 0 && listed.output.contains(ids[1]) && !listed.output.contains(ids[0]))
      let shown = try await cordon.run("outbox", "show", ids[1], "--table", "wallet", "--brand", "1", "--json")
      #expect(shown.status == 0 && shown.output.contains(#""state":"dead""#))
      let who = ["--operator-id", "ops-7", "--reason", "incident 12"]
      #expect(try await act(cordon, "republish", ids[1], who + ["--yes"]).status == 5)

      let file = FileManager.default.temporaryDirectory.appending(path: "cordon-payload-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: file) }
      try Data(sound.utf8).write(to: file)
      let repair = who + ["--payload", file.path]
      #expect(try await act(cordon, "repair", ids[1], repair).status == 2, "without --yes and a terminal nothing is done")
      #expect(try await act(cordon, "repair", ids[1], repair + ["--dry-run"]).status == 0)
      #expect(try await bench.wallet.database.psql("SELECT count(*) FROM cordon.admin_audit") == "0")
      #expect(try await act(cordon, "repair", ids[1], repair + ["--yes", "--json"]).status == 0)
      _ = await bench.worker.publishRound()
      #expect(try await bench.stream().count == 2, "a repaired event waits for its release")
      #expect(try await act(cordon, "republish", ids[1], who + ["--yes"]).status == 0)
      for _ in 0..<3 { _ = await bench.worker.publishRound() }
      #expect(try await bench.stream().map { $0["event_id"] } == [ids[0], ids[2], ids[1]])
      #expect(try await act(cordon, "republish", ids[1], who + ["--yes"]).status == 5)
      let audit = try await bench.wallet.database.psql(
        """
        SELECT brand_id, operator_id, action, resource, resource_key, reason, old_value -> 'payload' ? 'event_id' FROM cordon.admin_audit
        ORDER BY audit_id
        """)
      #expect(
        audit.split(separator: "\n") == [
          "1|ops-7|OUTBOX_REPAIR|wallet_outbox|\(ids[1])|incident 12|f", "1|ops-7|OUTBOX_REPUBLISH|wallet_outbox|\(ids[1])|incident 12|t",
        ])
    }
  }

  @Test("a payload for another event or brand is refused, and an event of another brand doesn't exist")
  func refusals() async throws {
    try await OutboxBench.run { bench in
      try await bench.wallet.deposit(1)
      let ids = try await bench.eventIDs(brand: 1)
      let sound = try await bench.poison(ids[0])
      for _ in 0..<OutboxWorker.attemptsMax { _ = await bench.worker.publishRound() }
      let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.wallet.database.url])
      let file = FileManager.default.temporaryDirectory.appending(path: "cordon-payload-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: file) }
      let who = ["--operator-id", "ops-7", "--reason", "incident 12", "--yes", "--payload", file.path]
      for wrong in [sound.replacing(ids[0], with: UUID().uuidString.lowercased()), #"{"event_id":"\#(ids[0])","brand_id":2}"#, "[]", "{"] {
        try Data(wrong.utf8).write(to: file)
        #expect(try await act(cordon, "repair", ids[0], who).status == 2, "\(wrong)")
      }
      #expect(try await cordon.run("outbox", "show", ids[0], "--table", "wallet", "--brand", "2").status == 4)
      #expect(try await bench.wallet.database.psql("SELECT count(*) FROM cordon.admin_audit") == "0")
    }
  }

  private func act(
    _ cordon: CordonProgram, _ verb: String, _ event: String, _ options: [String]
  ) async throws -> (status: Int32, output: String, messages: String) {
    try await cordon.run(["outbox", verb, event, "--table", "wallet", "--brand", "1"] + options)
  }
}
