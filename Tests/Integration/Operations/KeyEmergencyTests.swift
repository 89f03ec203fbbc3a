import Foundation
import Kernel
import TestSupport
import Testing

/// A key that tokens are verified with has leaked, and players are at play.
@Suite("Emergency rotation of the JWT keys", .timeLimit(.minutes(3)))
struct KeyEmergencyTests {
  private static let (leaked, new) = ("20261120-1", "20261121-1")
  /// Replaces the keys in the file that the verifiers read, whole at once.
  private static let deploy = #"""
    awk '/^JWT_PUBLIC_KEYS=/ { print "JWT_PUBLIC_KEYS=\047" ENVIRON["ROTATED_PUBLIC_KEYS"] "\047"; next } { print }' "$KEY_FILE" > "$KEY_FILE.new" &&
    mv "$KEY_FILE.new" "$KEY_FILE"
    """#

  private let accounts = (0..<4).map { "emergency-\($0)" }

  @Test(
    "S0-JWT-10 under load a leaked key goes at once and every session ends: no old token is taken, everybody logs in again, nothing fails; whoever is interrupted repeats it"
  )
  func leak() async throws {
    try await RunningStack.run { stack in
      let bench = try KeyRotationBench(stack)
      let (old, new) = (try await JWTPair.make(Self.leaked), try await JWTPair.make(Self.new))
      try bench.configure(issuer: old, accepted: [old, new])
      let gateway = try bench.start(.gateway)
      var player = try bench.start(.playerService)
      defer { for run in [gateway, player] where !run.hasEnded { run.signal(SIGKILL) } }
      try await bench.expectAccepted([old, new])
      let players = RejoiningPlayers(accounts, bench)
      try await players.join()
      let stolen = accounts.map { players.token(of: $0) }
      #expect(try await emergency(bench).status == 5, "the issuer still signs with it")
      try bench.configure(issuer: new, accepted: [old, new])
      player.signal(SIGTERM)
      #expect(await player.status() == 0)
      player = try bench.start(.playerService)
      try await bench.expectAccepted([old, new])
      try await eventually("a token of before is served again") { try await bench.me(stolen[0]) == "200" }

      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        for account in accounts { group.addTask { await players.run(account) } }
        try await rotate(bench, players, stolen)
      }
      #expect(players.statuses.contains(200) && players.takenAgain == 0)
      #expect(players.statuses.allSatisfy { [200, 201, 401].contains($0) }, "\(Set(players.statuses))")
      try await expectAudited(stack)
      for run in [gateway, player] {
        run.signal(SIGTERM)
        #expect(await run.status() == 0)
      }
    }
  }

  private func rotate(_ bench: KeyRotationBench, _ players: RejoiningPlayers, _ stolen: [String]) async throws {
    #expect(try await emergency(bench, key: "20200101-9", "--yes").status == 4, "a slip of the pen logs nobody out")
    let planned = try await emergency(bench, "--dry-run")
    #expect(planned.status == 0 && planned.output.contains(Self.leaked), "\(planned.messages)")
    #expect(try await bench.me(stolen[0]) == "200")

    // It dies between its steps: the sessions have ended, the key is still there.
    let killed = try await emergency(bench, "--yes", "--apply", "kill -9 $PPID")
    #expect(killed.status == 128 + SIGKILL, "\(killed.messages)")
    // The gateway hears of it in its own time: the command that was killed hadn't waited for that.
    for token in stolen {
      try await eventually("a stolen token is refused", within: .seconds(5)) { try await bench.me(token).hasPrefix("401") }
    }
    try await eventually("everybody has logged in again") { players.logIns >= accounts.count }
    let between = accounts.map { players.token(of: $0) }

    let failed = try await emergency(bench, "--yes", "--apply", "exit 9")
    #expect(failed.status == 1 && failed.messages.contains("repeat"), "\(failed.messages)")
    let waiting = try await emergency(bench, "--yes", "--wait-seconds", "1")
    #expect(waiting.status == 75 && waiting.messages.contains("gateway"), "\(waiting.messages)")

    let done = try await emergency(bench, "--yes", "--apply", Self.deploy)
    #expect(done.status == 0 && done.output.contains(#""accepted_by":[]"#), "\(done.output)\(done.messages)")
    for token in stolen { #expect(try await bench.me(token) == "401 unknown_kid") }
    for token in between { #expect(try await bench.me(token).hasPrefix("401")) }
    try await eventually("everybody plays again") {
      for account in accounts where try await bench.me(players.token(of: account)) != "200" { return false }
      return true
    }
    #expect(try await emergency(bench, "--yes").status == 0, "the file has the key no more, which is no slip of the pen")
  }

  private func expectAudited(_ stack: RunningStack) async throws {
    let rows = try await stack.psql(
      """
      SELECT operator_id, resource_key, reason, old_value -> 'accepted_kids', new_value -> 'accepted_kids' FROM cordon.admin_audit
      WHERE action = 'JWT_KEY_EMERGENCY' ORDER BY audit_id
      """)
    let lines = rows.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.first == #"ops-9|20261120-1|the key leaked|["20261120-1", "20261121-1"]|["20261121-1"]"#)
    let ended = try await stack.psql("SELECT count(*) >= 10 FROM cordon.admin_audit WHERE action = 'SESSION_INVALIDATE'")
    #expect(ended == "t")
  }

  private func emergency(
    _ bench: KeyRotationBench, key: String = leaked, _ options: String...
  ) async throws -> (status: Int32, output: String, messages: String) {
    let admin = "admin_service=\(bench.stack.url(.adminService))"
    let program = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": bench.file, "KEY_FILE": bench.file])
    return try await program.run(
      ["keys", "emergency", key, "--operator-id", "ops-9", "--reason", "the key leaked", "--json", "--instance", admin] + options)
  }
}
