import Composition
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("cordon gate", .serialized)
struct ReleaseGateTests {
  @Test(
    "S0-GATE-01…21 S0-CLS-14 S0-HARD-32 S0-HARD-41 every item shows its evidence and passes on a stack that is right; broken one by one, each is named and the status is 1",
    .timeLimit(.minutes(4)))
  func everyItem() async throws {
    try await GateBench.run { bench in
      try await eventually("the wallet's money was checked once", within: .seconds(30)) {
        try await bench.metrics(.walletWorker).contains("wallet_invariant_check_age_seconds{")
      }
      let open = try await bench.gate(bench.arguments() + ["--json"])
      #expect(open.status == 0 && open.output.contains(#""passed":true,"items""#), "\(open.output)\(open.messages)")
      for number in 1...20 {
        let id = "S0-GATE-" + (number < 10 ? "0\(number)" : "\(number)")
        #expect(open.output.contains(#""id":"\#(id)""#), "\(id) is an item")
        #expect(BrokenItem.all.contains { $0.id == id }, "\(id) is broken below")
      }
      #expect(!open.output.contains(#""evidence":[]"#), "\(open.output)")
      for item in BrokenItem.all {
        let harm = try await item.harm(bench)
        let closed = try await bench.gate(harm.arguments ?? bench.arguments())
        try await harm.mend()
        #expect(closed.status == 1 && closed.messages.contains(item.id), "\(item.id): \(closed.status) \(closed.messages)")
        #expect(closed.output.contains("FAIL  \(item.id)"), "\(item.id): \(closed.output)")
      }
      let again = try await bench.gate(bench.arguments())
      #expect(again.status == 0, "everything was mended: \(again.messages)")
    }
  }

  @Test(
    "a record is worth what was audited: unknown names, empty evidence and reports that contradict it are refused", .timeLimit(.minutes(2)))
  func records() async throws {
    try await GateBench.run { bench in
      #expect(try await bench.attest("everything").status == 4)
      #expect(try await bench.attest("plan", evidence: "").status == 2)
      #expect(try await bench.attest("two-brand", evidence: #"{"verified":false}"#).status == 2)
      #expect(
        try await bench.stack.psql(
          "SELECT DISTINCT operator_id, resource, new_value ? 'record_sha256' FROM cordon.admin_audit WHERE action = 'GATE_ATTEST'")
          == "ops:carol|release_gate|t")
      // Somebody who can write files makes the folder look right: the audit says otherwise.
      let planted = bench.folder + "/records/penetration-test"
      try FileManager.default.removeItem(atPath: planted + ".json")
      try FileManager.default.copyItem(atPath: bench.folder + "/records/plan.json", toPath: planted + ".json")
      let closed = try await bench.gate(bench.arguments())
      #expect(closed.messages.contains("S0-GATE-18"), "\(closed.messages)")
      var blind = bench.environment
      blind["DATABASE_URL"] = "postgres://nowhere.invalid/cordon"
      let nowhere = try await CordonProgram(environment: blind).run(["gate"] + bench.arguments())
      #expect(nowhere.status == 1 && nowhere.messages.contains("S0-GATE-02"), "what can't be looked at has failed: \(nowhere.messages)")
    }
  }

  @Test(
    "S0-ENF-21 S0-ENF-23 the flip goes forward where the gate is open and the soak is over, and neither dry nor real where one query lacks its brand or a log shows what enforce refuses",
    .timeLimit(.minutes(3)))
  func forward() async throws {
    try await GateBench.run { bench in
      try await eventually("the wallet's money was checked once", within: .seconds(30)) {
        try await bench.metrics(.walletWorker).contains("wallet_invariant_check_age_seconds{")
      }
      let mode = bench.folder + "/mode"
      try "observe".write(toFile: mode, atomically: true, encoding: .utf8)
      let service = try PretendService("player_service", metrics: try await bench.metrics(.playerService)) {
        ((try? String(contentsOfFile: mode, encoding: .utf8)) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
      }
      defer { service.stop() }
      func flip(_ more: [String]) async throws -> (status: Int32, output: String, messages: String) {
        try await CordonProgram(environment: bench.environment).run(
          ["flip", "forward", "--operator-id", "ops:alice", "--reason", "CHG-7", "--min-requests", "0", "--step-seconds", "10"]
            + ["--instance", "player_service=\(service.url)", "--apply", "echo $FLIP_SERVICE >> \(mode).order; echo $FLIP_MODE > \(mode)"]
            + bench.arguments() + more)
      }
      let query = bench.folder + "/checkout/Sources/Store.swift"
      // brand-global: test: a query that the flip must refuse
      try #"let q: SQL = "SELECT account FROM cordon.player""#.write(toFile: query, atomically: true, encoding: .utf8)
      for more in [["--dry-run"], []] {
        let refused = try await flip(more)
        #expect(refused.status == 5 && refused.messages.contains("S0-GATE-11"), "\(refused.messages)")
      }
      try FileManager.default.removeItem(atPath: query)

      let log = bench.folder + "/would-deny.log"
      try
        #"{"service":"wallet_service","event":"cross_brand_rejected","command":"settle","request_brand":"2","request_id":"r-77","mode":"observe"}"#
        .write(toFile: log, atomically: true, encoding: .utf8)
      let denied = try await flip(["--logs", log])
      #expect(denied.status == 5 && denied.output.contains("r-77"), "\(denied.output)\(denied.messages)")
      #expect(!FileManager.default.fileExists(atPath: mode + ".order"), "nothing was applied")

      let flipped = try await flip([])
      #expect(flipped.status == 0, "\(flipped.output)\(flipped.messages)")
      #expect(try String(contentsOfFile: mode + ".order", encoding: .utf8) == "player_service\n", "the others enforce already")
      #expect(flipped.messages.contains("player_service: /health says enforce"))
      #expect(
        try await bench.stack.psql(
          "SELECT new_value ->> 'dry_run', jsonb_array_length(new_value -> 'refused_for') > 0 FROM cordon.admin_audit WHERE action = 'ENFORCEMENT_MODE_FLIP' ORDER BY audit_id"
        ) == "true|t\nfalse|t\nfalse|t\nfalse|f")
    }
  }
}
