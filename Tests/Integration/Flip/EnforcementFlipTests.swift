import Composition
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("cordon flip", .serialized)
struct EnforcementFlipTests {
  @Test(
    "S0-ENF-06 S0-ENF-12 S0-ENF-13 S0-ENF-15 S0-ENF-16 S0-ENF-20 S0-ENF-25 S0-RB-11 S0-RB-17 S0-FUP-05 services go back gateway first, count the downgrade, and need a new soak to go forward",
    .timeLimit(.minutes(5)))
  func backAndForward() async throws {
    try await FlipBench.run { bench in
      let one = try await bench.applying("revert", ["wallet_service"])
      #expect(one.status == 0, "\(one.messages)")
      #expect(bench.order == ["wallet_service observe"], "the rest is left alone")

      let begun = ContinuousClock.now
      let reverted = try await bench.applying("revert")
      #expect(reverted.status == 0, "\(reverted.messages)")
      #expect(ContinuousClock.now - begun < .seconds(30 * 60))
      #expect(reverted.messages.contains("wallet_service: is in observe already"), "\(reverted.messages)")
      #expect(
        bench.order.dropFirst() == [
          "gateway observe", "admin_service observe", "player_service observe", "game_service observe", "wallet_worker observe",
        ])
      for role in FlipBench.services {
        #expect(try await bench.mode(role) == "observe")
        #expect(try await bench.metric("multi_brand_enforcement_mode", role) == "1")
        #expect(try await bench.metric("security_downgrade_total", role) == "1")
        #expect(reverted.messages.contains("\(role.rawValue): "), "a line for each")
      }

      let early = try await bench.applying("forward")
      #expect(
        early.status == 5 && early.messages.contains("not ready for enforce: wallet_service, wallet_worker, game_service"),
        "\(early.messages)")
      #expect(early.output.contains("of 7200 s"), "two lives of an access token: \(early.output)")
      #expect(bench.order.count == 6, "nothing was applied")
      #expect(
        try await bench.audited() == [
          "MULTI_BRAND_ENFORCEMENT|local|ops:alice|revert|observe|local|false|CHG-7 rehearsed",
          "MULTI_BRAND_ENFORCEMENT|local|ops:alice|revert|observe|local|false|CHG-7 rehearsed",
          "MULTI_BRAND_ENFORCEMENT|local|ops:alice|forward|enforce|local|false|CHG-7 rehearsed",
        ])
      let status = try await CordonProgram(environment: bench.environment).run("flip", "status", "--json")
      #expect(status.status == 0 && status.output.contains(#""direction":"forward""#), "\(status.output)\(status.messages)")
      #expect(status.output.contains("s are left"), "\(status.output)")
      #expect(try await bench.audited().count == 3, "looking is not a flip")
    }
  }

  @Test(
    "S0-ENF-11 a dry run says since when a service observes, what is left, and who can't be asked; it flips nothing",
    .timeLimit(.minutes(5)))
  func dryRun() async throws {
    try await FlipBench.run { bench in
      let planned = try await bench.flip("forward", "--dry-run", "--service", "gateway", "--json")
      #expect(planned.status == 5 && planned.output.contains("it can't be asked at"), "\(planned.output)\(planned.messages)")
      #expect(try await bench.applying("revert", ["gateway"]).status == 0)
      let observed = try await bench.flip("forward", "--dry-run", "--service", "gateway", "--json", "--min-requests", "1000000")
      #expect(observed.status == 5)
      #expect(observed.output.contains("s are left") && observed.output.contains("of at least 1000000"), "\(observed.output)")
      #expect(observed.output.contains(#""since":"2"#), "\(observed.output)")
      #expect(try await bench.mode(.gateway) == "observe")
    }
  }

  @Test(
    "a hook that hangs is ended with what it started; one that fails stops the flip; one that leaves a daemon behind doesn't",
    .timeLimit(.minutes(5)))
  func hooks() async throws {
    try await FlipBench.run { bench in
      let marker = "/tmp/cordon-hook-\(UUID().uuidString.prefix(8))"
      defer { try? FileManager.default.removeItem(atPath: marker) }
      let began = ContinuousClock.now
      let hanging = try await bench.flip(
        "revert", "--service", "gateway", "--apply", "sleep 300 & echo $! > \(marker); wait", "--step-seconds", "1")
      #expect(hanging.status == 75 && hanging.messages.contains("did not end in time"), "\(hanging.messages)")
      #expect(ContinuousClock.now - began < .seconds(30))
      let pid = try #require(Int32(try String(contentsOfFile: marker, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
      try await eventually("the hook's child is gone") { !FileManager.default.fileExists(atPath: "/proc/\(pid)/exe") || kill(pid, 0) != 0 }

      let failing = try await bench.flip("revert", "--service", "gateway", "--apply", "exit 3")
      #expect(failing.status == 1 && failing.messages.contains("with status 3"), "\(failing.messages)")

      let leaving = try await bench.flip(
        "revert", "--service", "gateway", "--apply", "sleep 300 & echo $! > \(marker)", "--step-seconds", "2")
      #expect(leaving.status == 75 && leaving.messages.contains("does not say that it runs in observe"), "\(leaving.messages)")
      if let left = Int32(try String(contentsOfFile: marker, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)) {
        kill(left, SIGKILL)
      }
      #expect(try await bench.audited().count == 3)
    }
  }

  @Test(
    "S0-ENF-14 S0-ENF-17 S0-ENF-18 S0-ENF-19 S0-FUP-05 nobody flips unsigned: who and why are asked for, and without the audit row there is no plan",
    .timeLimit(.minutes(5)))
  func unsigned() async throws {
    try await FlipBench.run { bench in
      let cordon = CordonProgram(environment: bench.environment)
      for arguments in [["flip", "revert"], ["flip", "revert", "--operator-id", "a"], ["flip_enforcement", "revert", "--reason", "b"]] {
        #expect(try await cordon.run(arguments).status == 2)
      }
      #expect(try await cordon.run(["flip", "revert", "--operator-id", " ", "--reason", " "]).status == 2)
      #expect(try await bench.audited().isEmpty)

      var nowhere = bench.environment
      nowhere["DATABASE_URL"] = "postgres://nowhere.invalid/cordon"
      let lost = try await CordonProgram(environment: nowhere).run(
        ["flip", "revert", "--dry-run", "--operator-id", "ops:alice", "--reason", "x"])
      #expect(lost.status == 3 && lost.output.isEmpty, "\(lost.output)\(lost.messages)")
      let unaudited = try await CordonProgram(environment: nowhere).run(
        ["flip", "revert", "--no-audit", "--operator-id", "ops:alice", "--reason", "x"])
      #expect(unaudited.status == 2, "a real flip is never unaudited")
      let rehearsal = try await CordonProgram(environment: nowhere).run(
        ["flip", "revert", "--no-audit", "--dry-run", "--operator-id", "ops:alice", "--reason", "x"])
      #expect(rehearsal.status == 0 && rehearsal.messages.contains("NOT AUDITED"), "\(rehearsal.messages)")

      #expect(try await bench.flip("revert", "--dry-run").status == 0)
      #expect(try await bench.audited().count == 1)
      await #expect(throws: (any Error).self, "history is not edited") {
        try await bench.stack.psql("UPDATE cordon.admin_audit SET reason = 'other' WHERE action = 'ENFORCEMENT_MODE_FLIP'")
      }
    }
  }
}
