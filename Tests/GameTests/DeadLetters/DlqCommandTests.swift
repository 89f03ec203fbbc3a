import Foundation
import Glibc
import Kernel
import Platform
import TestSupport
import Testing

@testable import Game

/// The program against real PostgreSQL and a running role, as `cordon dlq` and in the runbook's own form.
@Suite("cordon dlq")
struct DlqCommandTests {
  private static let tool = "replay_game_callback_dlq"

  private struct Letter: Decodable {
    let id: Int64
    let replayStatus: String
    let notes: String?
    let payload: Payload

    struct Payload: Decodable { let amount: Int }
  }

  private func letters(_ output: String) throws -> [Letter] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([Letter].self, from: Data(output.utf8))
  }

  @Test("lists one line a letter in the runbook's form, whatever the account has in it, pending unless it is said (S0-DLQ-06)")
  func list() async throws {
    try await DeadLetterBench.run { bench async throws in
      let first = try await bench.kept("brandx_alice")
      let second = try await bench.kept("evil\n#9 provider=mg status=pending reason=x account=y created_at=z \u{1B}[2J", provider: "bti")
      let line =
        /#\d+ provider=\S+ status=(pending|replayed|abandoned) reason=\S+ account=\S* created_at=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/
      for words in [["dlq", "list"], [Self.tool, "--list"]] {
        let all = try await bench.cordon.run(words)
        let lines = all.output.split(separator: "\n")
        #expect(all.status == 0 && lines.count == 2 && lines.allSatisfy { $0.wholeMatch(of: line) != nil }, "\(all)")
        let mg = try await bench.cordon.run(words + ["--provider", "mg"])
        #expect(mg.output.hasPrefix("#\(first) provider=mg status=pending reason=raw_brand_unresolved account=brandx_alice created_at="))
        #expect(mg.output.split(separator: "\n").count == 1)
        #expect(try await bench.cordon.run(words + ["--status", "replayed"]).output == "")
        #expect(try await bench.cordon.run(words + ["--status", "lost"]).status == 2)
      }
      try await bench.psql("UPDATE game_callback_dead_letter SET replay_status = 'abandoned', abandoned_at = now() WHERE id = \(second)")
      #expect(try await bench.cordon.run("dlq", "list").output.split(separator: "\n").count == 1)
      #expect(
        try await bench.cordon.run("dlq", "list", "--status", "abandoned").output.hasPrefix("#\(second) provider=bti status=abandoned"))
      let json = try await bench.cordon.run("dlq", "list", "--json")
      #expect(try letters(json.output).map(\.id) == [first])
      #expect(try letters(json.output).first?.payload.amount == 100)
    }
  }

  @Test(
    "a dry run shows target and payload, the default target without GAME_SERVICE_URL, sends nothing and changes nothing (S0-DLQ-05, S0-DLQ-07)"
  )
  func dryRun() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      var silent = bench.cordon
      silent.environment["GAME_SERVICE_URL"] = nil
      for words in [[Self.tool, "--id", "\(id)", "--dry-run"], ["dlq", "replay", "--id", "\(id)", "--dry-run"]] {
        let here = try await bench.cordon.run(words)
        #expect(here.status == 0 && here.output.hasPrefix("POST \(bench.role.url)/internal/game/dead-letters/\(id)/replay\n"), "\(here)")
        #expect(here.output.contains(#"{"amount":100,"id":"t-1"}"#))
        let unset = try await silent.run(words)
        #expect(
          unset.status == 0 && unset.output.hasPrefix("POST http://localhost:8012/internal/game/dead-letters/\(id)/replay\n"), "\(unset)")
      }
      silent.environment["CORDON_GAME_SERVICE_URL"] = "http://127.0.0.1:9"
      #expect(try await silent.run(Self.tool, "--id", "\(id)", "--dry-run").output.hasPrefix("POST http://127.0.0.1:9/internal/"))
      #expect(bench.callbacks.foreseen == 0 && bench.callbacks.replayed.isEmpty)
      #expect(bench.role.logs.lines(with: "/internal/game/dead-letters").isEmpty)
      #expect(try await bench.status(id) == "pending|f|-|f|-")
      #expect(try await bench.cordon.run(Self.tool, "--id", "\(id + 1)", "--dry-run").status == 4)
      var nowhere = bench.cordon
      nowhere.environment["DATABASE_URL"] = nil
      #expect(try await nowhere.run(Self.tool, "--list").status == 2)
    }
  }

  @Test("a payload that isn't text, or that a terminal would obey, is shown harmlessly (S0-DLQ-17)")
  func payloads() async throws {
    try await DeadLetterBench.run { bench async throws in
      let xml = try await bench.kept(body: "<bet>\u{1B}[2J</bet>")
      let shown = try await bench.cordon.run("dlq", "show", "--id", "\(xml)")
      #expect(shown.status == 0 && shown.output.hasSuffix("<bet>\\u{1b}[2J</bet>\n"), "\(shown)")
      let bytes = DeadLetterBench.letter(bytes: [0xFF, 0x00])
      #expect(await bench.office.recorder.record(bytes) == .table)
      let raw = try await bench.cordon.run("dlq", "show", "--id", "\(xml + 1)")
      #expect(raw.output.hasSuffix("base64url: _wA\n"), "\(raw)")
    }
  }

  @Test(
    "a replay that game_service answers with 2xx is recorded with its request; again it is refused with 3, and nothing is sent (S0-DLQ-08, S0-DLQ-14)"
  )
  func replay() async throws {
    try await DeadLetterBench.run { bench async throws in
      for words in [[Self.tool], ["dlq", "replay"]] {
        let id = try await bench.kept()
        let before = bench.callbacks.replayed.count
        let done = try await bench.cordon.run(words + ["--id", "\(id)"])
        #expect(done.status == 0, "\(done)")
        let row = try await bench.status(id).split(separator: "|")
        #expect(row[0] == "replayed" && row[1] == "t" && row[2].hasPrefix("dlq-"))
        #expect(done.output == "#\(id) status=replayed effect=applies replay_request_id=\(row[2])\n")
        #expect(bench.callbacks.replayed.count == before + 1)
        let again = try await bench.cordon.run(words + ["--id", "\(id)"])
        #expect(again.status == 3 && again.output.isEmpty && again.messages.contains("replayed already"), "\(again)")
        #expect(bench.callbacks.replayed.count == before + 1)
      }
    }
  }

  @Test("a replay that isn't answered with 2xx, or not at all, leaves the row pending with status 3, and works later (S0-DLQ-09)")
  func notReplayed() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      bench.callbacks.set(outcome: .retriable)
      let failed = try await bench.cordon.run(Self.tool, "--id", "\(id)")
      #expect(failed.status == 3 && failed.messages.contains("unavailable"), "\(failed)")
      bench.callbacks.set(effect: .otherBrand)
      let refused = try await bench.cordon.run(Self.tool, "--id", "\(id)")
      #expect(refused.status == 3 && refused.messages.contains("other_brand"), "\(refused)")
      var elsewhere = bench.cordon
      elsewhere.environment["GAME_SERVICE_URL"] = "http://127.0.0.1:\(try FreePort.next())"
      #expect(try await elsewhere.run(Self.tool, "--id", "\(id)").status == 3)
      var stranger = bench.cordon
      stranger.environment["INTERNAL_SERVICE_TOKEN_ADMIN"] = "another-token-0123456789"
      #expect(try await stranger.run(Self.tool, "--id", "\(id)").status == 3)
      // Something that says 200 to everything is not game_service.
      elsewhere.environment["GAME_SERVICE_URL"] = bench.role.url + "/health?"
      #expect(try await elsewhere.run(Self.tool, "--id", "\(id)").status == 3)
      #expect(try await bench.status(id) == "pending|f|-|f|-")
      #expect(bench.callbacks.replayed.count == 1)
      bench.callbacks.set()
      #expect(try await bench.cordon.run(Self.tool, "--id", "\(id)").status == 0)
    }
  }

  @Test("the effect is told before anything is done, and 3 says that it would be refused")
  func predict() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      let applies = try await bench.cordon.run("dlq", "replay", "--id", "\(id)", "--predict")
      #expect(applies.status == 0 && applies.output == "#\(id) effect=applies\n", "\(applies)")
      bench.callbacks.set(effect: .conflict)
      let conflict = try await bench.cordon.run("dlq", "replay", "--id", "\(id)", "--predict", "--json")
      #expect(conflict.status == 3 && conflict.output.contains(#""effect":"conflict""#), "\(conflict)")
      #expect(bench.callbacks.replayed.isEmpty)
    }
  }

  @Test(
    "abandoning writes the row and its admin_audit row in one transaction, the notes on the row alone; then both tools refuse it with 3 (S0-DLQ-10, S0-DLQ-13, S0-DLQ-14, S0-AUD-17)"
  )
  func abandon() async throws {
    try await DeadLetterBench.run { bench async throws in
      for words in [[Self.tool, "--abandon"], ["dlq", "abandon", "--yes"]] {
        let id = try await bench.kept()
        let act = ["--id", "\(id)", "--operator-id", "ops:alice", "--reason", "player deleted", "--notes", "ticket 9"]
        let planned = try await bench.cordon.run(words + act + ["--dry-run"])
        #expect(planned.status == 0, "\(planned)")
        #expect(try await bench.status(id).hasPrefix("pending|"))
        let done = try await bench.cordon.run(words + act)
        #expect(done.status == 0 && done.output.hasPrefix("#\(id) provider=mg status=abandoned "), "\(done)")
        #expect(
          try await bench.psql(
            """
            SELECT concat_ws('|', l.replay_status, l.notes, a.action, a.resource, a.operator_id, a.reason, a.created_at = l.abandoned_at,
              concat(a.old_value::text, a.new_value::text, a.reason) LIKE '%ticket 9%', l.replayed_at IS NULL)
            FROM game_callback_dead_letter AS l JOIN admin_audit AS a ON a.resource_key = l.id::text WHERE l.id = \(id)
            """) == "abandoned|ticket 9|DLQ_ABANDON|game_callback_dead_letter|ops:alice|player deleted|t|f|t")
        let again = try await bench.cordon.run(words + act)
        #expect(again.status == 3 && again.messages.contains("is abandoned"), "\(again)")
        let replay = try await bench.cordon.run(Self.tool, "--id", "\(id)")
        #expect(replay.status == 3 && bench.callbacks.replayed.isEmpty, "\(replay)")
        #expect(try await bench.psql("SELECT count(*) FROM admin_audit WHERE resource_key = '\(id)'") == "1")
      }
    }
  }

  @Test("abandoning without an operator or a reason that says something is refused, and nothing changes (S0-DLQ-11)")
  func abandonUnsigned() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      let who = ["--operator-id", "ops:alice"]
      let why = ["--reason", "deleted"]
      for words in [[Self.tool, "--abandon", "--id", "\(id)"], ["dlq", "abandon", "--yes", "--id", "\(id)"]] {
        for given in [
          [], who, why, who + ["--reason", ""], who + ["--reason", " \t "], why + ["--operator-id", ""], why + ["--operator-id", "  "],
        ] {
          let refused = try await bench.cordon.run(words + given)
          #expect(refused.status == 2 && refused.output.isEmpty, "\(given): \(refused)")
        }
      }
      // Without a terminal to ask on it isn't done either.
      #expect(try await bench.cordon.run(["dlq", "abandon", "--id", "\(id)"] + who + why).status == 2)
      #expect(try await bench.status(id) == "pending|f|-|f|-")
      #expect(try await bench.psql("SELECT count(*) FROM admin_audit") == "0")
    }
  }

  @Test("an audit that can't be written leaves the letter pending, with status 3, and it can be abandoned later (S0-DLQ-12, S0-AUD-17)")
  func abandonUnaudited() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      let act = ["--abandon", "--id", "\(id)", "--operator-id", "ops:alice", "--reason", "deleted"]
      try await bench.psql("REVOKE INSERT ON admin_audit FROM cordon_app")
      let revoked = try await bench.cordon.run([Self.tool] + act)
      #expect(revoked.status == 3 && revoked.output.isEmpty && revoked.messages.contains("stays as it was"), "\(revoked)")
      try await bench.psql(
        "GRANT INSERT ON admin_audit TO cordon_app; ALTER TABLE admin_audit ADD CONSTRAINT test_check CHECK (action <> 'DLQ_ABANDON')")
      #expect(try await bench.cordon.run([Self.tool] + act).status == 3)
      #expect(try await bench.status(id) == "pending|f|-|f|-")
      try await bench.psql("ALTER TABLE admin_audit DROP CONSTRAINT test_check")
      #expect(try await bench.cordon.run([Self.tool] + act).status == 0)
    }
  }

  @Test("a letter that is being replayed can't be abandoned meanwhile")
  func busy() async throws {
    try await DeadLetterBench.run { bench async throws in
      let id = try await bench.kept()
      bench.callbacks.hold(true)
      async let replay = bench.replay(id)
      try await eventually("the replay has the row") { bench.callbacks.replayed.count == 1 }
      let refused = try await bench.cordon.run(Self.tool, "--abandon", "--id", "\(id)", "--operator-id", "ops:alice", "--reason", "x")
      #expect(refused.status == 3 && refused.messages.contains("somebody else"), "\(refused)")
      bench.callbacks.hold(false)
      #expect(try await replay.status == 200)
      #expect(try await bench.psql("SELECT count(*) FROM admin_audit") == "0")
    }
  }

  @Test("many are replayed oldest first, of one provider, no more and no faster than asked, with what became of each")
  func bulk() async throws {
    try await DeadLetterBench.run { bench async throws in
      var ids: [Int64] = []
      for number in 0..<5 { ids.append(try await bench.kept("a-\(number)")) }
      let other = try await bench.kept(provider: "bti")
      let all = ["dlq", "replay", "--all", "--provider", "mg"]
      #expect(try await bench.cordon.run(all).status == 2, "it asks, and there is no terminal")
      #expect(try await bench.cordon.run("dlq", "replay", "--all", "--yes").status == 2)
      #expect(try await bench.cordon.run("dlq", "replay", "--all", "--id", "1").status == 2)
      let planned = try await bench.cordon.run(all + ["--dry-run"])
      #expect(planned.status == 0 && planned.output.split(separator: "\n").count == 5 && bench.callbacks.foreseen == 0, "\(planned)")
      let foreseen = try await bench.cordon.run(all + ["--predict"])
      #expect(foreseen.status == 0 && foreseen.output.split(separator: "\n").allSatisfy { $0.hasSuffix("effect=applies") }, "\(foreseen)")
      let started = ContinuousClock.now
      let some = try await bench.cordon.run(all + ["--yes", "--max", "3", "--per-second", "4"])
      #expect(some.status == 0 && some.output == "replayed=3 refused=0 left=0\n", "\(some)")
      #expect(ContinuousClock.now - started >= .milliseconds(500))
      #expect(some.messages.split(separator: "\n").first?.hasPrefix("[1/3] #\(ids[0]) status=replayed") == true)
      #expect(bench.callbacks.replayed.map(\.outboundAccount) == ["a-0", "a-1", "a-2"])
      let rest = try await bench.cordon.run(all + ["--yes", "--json"])
      #expect(rest.status == 0 && rest.output == #"{"replayed":2,"refused":0,"left":0}"# + "\n", "\(rest)")
      #expect(try await bench.status(other).hasPrefix("pending|"))
    }
  }

  @Test("a refused letter doesn't stop the others; a game_service that decides nothing does; both end with 3")
  func bulkTrouble() async throws {
    try await DeadLetterBench.run { bench async throws in
      for number in 0..<3 { _ = try await bench.kept("a-\(number)") }
      let all = ["dlq", "replay", "--all", "--provider", "mg", "--yes", "--per-second", "100"]
      bench.callbacks.set(effect: .conflict)
      let refused = try await bench.cordon.run(all)
      #expect(refused.status == 3 && refused.output == "replayed=0 refused=3 left=0\n", "\(refused)")
      bench.callbacks.set(outcome: .retriable)
      let undecided = try await bench.cordon.run(all)
      #expect(undecided.status == 3 && undecided.output == "replayed=0 refused=0 left=3\n", "\(undecided)")
      #expect(bench.callbacks.replayed.count == 1)
    }
  }

  @Test("Ctrl-C ends it after the current letter, which is finished, with 130 and a summary")
  func interrupted() async throws {
    try await DeadLetterBench.run { bench async throws in
      for number in 0..<4 { _ = try await bench.kept("a-\(number)") }
      bench.callbacks.hold(true)
      let run = try bench.cordon.start("dlq", "replay", "--all", "--provider", "mg", "--yes", "--per-second", "100")
      try await eventually("the first is under way") { bench.callbacks.replayed.count == 1 }
      run.signal(SIGINT)
      try await Task.sleep(for: .milliseconds(200))
      bench.callbacks.hold(false)
      #expect(await run.status() == 130)
      #expect(run.output == "replayed=1 refused=0 left=3\n", "\(run.messages)")
      #expect(bench.callbacks.replayed.count == 1)
      #expect(try await bench.psql("SELECT count(*) FROM game_callback_dead_letter WHERE replay_status = 'replayed'") == "1")
    }
  }
}
