import Foundation
import TestSupport
import Testing

@Suite("cordon wallet topology and cordon wallet policy")
struct WalletDocumentCommandTests {
  private func cordon(_ bench: WalletBench) -> CordonProgram {
    CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.database.url])
  }

  private static let act = ["--operator-id", "ops-9", "--reason", "season"]

  private func file(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "document-\(UUID().uuidString).json"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("a topology is drafted from a file, shown, compared, checked, activated and rolled back")
  func lifecycle() async throws {
    try await WalletBench.run { bench in
      let (cordon, path) = (cordon(bench), try file(WalletBench.wider))
      defer { try? FileManager.default.removeItem(atPath: path) }
      let topology = ["wallet", "topology"]
      let planned = try await cordon.run(topology + ["draft", path, "--brand", "1", "--dry-run"] + Self.act)
      #expect(planned.status == 0 && planned.output.contains("version 2"), "\(planned.messages)")
      let drafted = try await cordon.run(topology + ["draft", path, "--brand", "1", "--json"] + Self.act)
      #expect(drafted.status == 0 && drafted.output.contains(#""version":2,"status":"draft""#), "\(drafted.messages)")
      let list = try await cordon.run("wallet", "topology", "list", "--brand", "1")
      #expect(list.output.split(separator: "\n").count == 3, "\(list.output)")
      let shown = try await cordon.run("wallet", "topology", "show", "2", "--brand", "1", "--document")
      #expect(try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) is [String: Any])
      let active = try await cordon.run("wallet", "topology", "show", "--brand", "1", "--json")
      #expect(active.output.contains(#""version":1,"status":"active""#))
      let diff = try await cordon.run("wallet", "topology", "diff", "2", "--brand", "1")
      #expect(diff.output.contains("/deposit_bucket"), "\(diff.output)")
      let check = try await cordon.run("wallet", "topology", "check", "2", "--brand", "1")
      #expect(check.status == 0 && check.output.contains("can be activated"), "\(check.messages)")

      let activate = topology + ["activate", "2", "--brand", "1"] + Self.act
      #expect(try await cordon.run(activate).status == 2, "it asks, and there is no terminal")
      #expect(try await cordon.run(activate + ["--dry-run"]).status == 0)
      #expect(try await cordon.run(activate + ["--yes", "--expect", "7"]).status == 5)
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == 1)
      let done = try await cordon.run(activate + ["--yes", "--expect", "1", "--json"])
      #expect(done.status == 0 && done.output.contains(#""retired_version":1"#), "\(done.messages)")
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == 2)
      #expect(try await cordon.run(activate + ["--yes"]).status == 5)
      let back = try await cordon.run(topology + ["activate", "1", "--copy", "--yes", "--brand", "1"] + Self.act)
      #expect(back.status == 0, "\(back.messages)")
      #expect(try await bench.get("/internal/wallet/topology").integer("version") == 3)
      let audit = try await bench.database.psql(
        "SELECT action, operator_id, reason, resource_key FROM cordon.admin_audit WHERE resource = 'wallet_topology' ORDER BY audit_id")
      #expect(
        audit.split(separator: "\n") == [
          "WALLET_DOCUMENT_DRAFT|ops-9|season|2", "WALLET_DOCUMENT_ACTIVATE|ops-9|season|2", "WALLET_DOCUMENT_ACTIVATE|ops-9|season|3",
        ])
    }
  }

  @Test("faults, money in the way and what doesn't exist have their exit statuses")
  func refusals() async throws {
    try await WalletBench.run { bench in
      let cordon = cordon(bench)
      let faulty = try file(#"{"limits":{"steal":{"min":1,"max":2}},"colour":1}"#)
      let narrower = try file(WalletBench.narrower)
      let policy = try file(WalletBench.lenient)
      defer { for path in [faulty, narrower, policy] { try? FileManager.default.removeItem(atPath: path) } }
      let refused = try await cordon.run(["wallet", "policy", "draft", faulty, "--brand", "1"] + Self.act)
      #expect(refused.status == 2 && refused.messages.contains("/colour"), "\(refused.messages)")
      #expect(try await cordon.run(["wallet", "policy", "draft", "/nowhere", "--brand", "1"] + Self.act).status == 4)
      #expect(try await cordon.run(["wallet", "policy", "draft", policy, "--brand", "77"] + Self.act).status == 4)
      #expect(try await cordon.run("wallet", "policy", "show", "9", "--brand", "1").status == 4)

      _ = try await bench.adjust(500, "bonus")
      #expect(try await cordon.run(["wallet", "topology", "draft", narrower, "--brand", "1"] + Self.act).status == 0)
      let check = try await cordon.run("wallet", "topology", "check", "2", "--brand", "1")
      #expect(check.status == 3 && check.output.contains("500 EUR"), "\(check.output)")
      let activated = try await cordon.run(["wallet", "topology", "activate", "2", "--brand", "1", "--yes"] + Self.act)
      #expect(activated.status == 5 && activated.messages.contains("'bonus' would vanish"), "\(activated.messages)")

      #expect(try await cordon.run(["wallet", "policy", "draft", policy, "--brand", "1"] + Self.act).status == 0)
      let discard = ["wallet", "policy", "discard", "2", "--brand", "1"] + Self.act
      #expect(try await cordon.run(discard).status == 2)
      #expect(try await cordon.run(discard + ["--dry-run"]).output.contains("draft"))
      #expect(try await cordon.run(discard + ["--yes"]).output.contains("retired"))
      #expect(try await cordon.run(discard + ["--yes"]).status == 5)
    }
  }
}
