import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Audit

/// `cordon evidence export --resume`, run as a person runs it and stopped as machines stop.
@Suite("An export that is stopped")
struct EvidenceExportTests {
  private static let blockBytes = 512

  @Test(
    "S4-EXP-05 S4-OFF-01 killed in the middle of a write, by kill -9 and by a full disk, it goes on to the same bytes although the log has grown, and is never taken for finished",
    .timeLimit(.minutes(3)))
  func stopped() async throws {
    try await ExportBench.run(entries: 2000) { bench in
      let whole = try await bench.export("whole.bundle")
      #expect(whole.status == 0, "\(whole.messages)")
      let wanted = try bench.contents("whole.bundle")
      // Begun under the same checkpoint; everything after it comes later.
      let begun = try await bench.export("stopped.bundle", "--resume", fileBytesMax: 100 * Self.blockBytes)
      #expect(begun.status != 0 && !bench.isThere("stopped.bundle"))
      try await bench.ledgers.write(bench.rows(2001...2100), brand: 1)
      try await bench.ledgers.sign(bench.log)
      #expect(try bench.verify("stopped.bundle.part").status == 3)
      var generator = SystemRandomNumberGenerator()
      var stops = 0
      var limit = 100
      while !bench.isThere("stopped.bundle") {
        limit += Int.random(in: 1...300, using: &generator)
        let run = try await bench.export("stopped.bundle", "--resume", fileBytesMax: limit * Self.blockBytes)
        if run.status != 0 { stops += 1 }
        if stops.isMultiple(of: 3) { try await bench.killed("stopped.bundle") }
        try #require(stops < 200, "\(run.messages)")
      }
      #expect(stops > 2)
      #expect(try bench.contents("stopped.bundle") == wanted)
      #expect(!bench.isThere("stopped.bundle.part") && !bench.isThere("stopped.bundle.part.plan"))
      #expect(try bench.verify("stopped.bundle").status == 0)
      let again = try await bench.export("stopped.bundle", "--resume")
      #expect(again.status == 5)
      // The others' ledgers go into later checkpoints: a new export has them.
      #expect(try await bench.export("later.bundle").status == 0)
      #expect(try bench.contents("later.bundle") != wanted)
    }
  }

  @Test(
    "a full disk is told of with what to do; a changed, foreign or running partial file is refused with its reason, and stays as it is",
    .timeLimit(.minutes(2)))
  func refused() async throws {
    try await ExportBench.run(entries: 700) { bench in
      let full = try await bench.export("a.bundle", fileBytesMax: 200 * Self.blockBytes, ignoringSignal: true)
      #expect(full.status == 1 && full.messages.contains("File too large") && full.messages.contains("--resume"), "\(full.messages)")
      let part = try bench.contents("a.bundle.part")
      #expect(part.count == 200 * Self.blockBytes)
      // Not over what is left, unless asked to.
      let anew = try await bench.export("a.bundle")
      #expect(anew.status == 5 && anew.messages.contains("--resume goes on with it"), "\(anew.messages)")
      // Another question.
      let other = try await bench.export("a.bundle", "--resume", "--from", "1", "--to", "600")
      #expect(other.status == 5 && other.messages.contains("was begun for"), "\(other.messages)")
      // One byte of an entry.
      var changed = part
      changed[60_000] ^= 1
      try bench.write("a.bundle.part", changed)
      let refused = try await bench.export("a.bundle", "--resume")
      #expect(refused.status == 5 && refused.messages.contains("recovery_audit, entr"), "\(refused.messages)")
      #expect(try bench.contents("a.bundle.part") == changed && !bench.isThere("a.bundle"))
      // Another file.
      try bench.write("a.bundle.part", Array("no bundle at all".utf8))
      #expect(try await bench.export("a.bundle", "--resume").status == 5)
      // Without what was planned.
      try bench.write("a.bundle.part", part)
      let plan = try bench.contents("a.bundle.part.plan")
      try bench.remove("a.bundle.part.plan")
      #expect(try await bench.export("a.bundle", "--resume").status == 5)
      try bench.write("a.bundle.part.plan", plan.dropLast())
      #expect(try await bench.export("a.bundle", "--resume").status == 5)
      try bench.write("a.bundle.part.plan", plan)
      let done = try await bench.export("a.bundle", "--resume", "--json")
      #expect(done.status == 0, "\(done.messages)")
      let sum = try bench.run(["/usr/bin/sha256sum", bench.path("a.bundle")]).output.prefix(64)
      let count = try bench.contents("a.bundle").count
      #expect(done.output.contains("\"sha256\":\"\(sum)\"") && done.output.contains("\"bytes\":\(count)"), "\(done.output)")
      #expect(try bench.verify("a.bundle").status == 0)
      let rows = try await bench.ledgers.database.psql(
        // brand-global: test: what the program audited
        "SELECT count(*) FROM cordon.admin_audit WHERE action = 'EVIDENCE_EXPORT' AND (new_value ->> 'resumed_at_byte') IS NOT NULL")
      #expect(rows == "1")
    }
  }
}
