import Evidence
import TestSupport
import Testing

@Suite("Hostile requests to a witness")
struct WitnessFuzzTests {
  @Test("no change of a request's bytes is cosigned, and none harms the witness", .timeLimit(.minutes(3)))
  func everyByte() async throws {
    let log = try WitnessedLog()
    try await TestWitness.lease([log.keyLine]) { bench in
      try await bench.converse("--per-minute", "1000000") { witness async throws in
        #expect(try await witness.add(log.request(from: 0, to: 5)).status == 200)
        let body = try log.request(from: 5, to: 11)
        // The log's own cosignature is a second signature of its key: a note that lost it, or has it under a name that nobody knows, is still the log's.
        let end = body.count - (try log.note(11).signatures.last.map { NoteSignature.lines([$0]).count } ?? 0)
        var statuses: [Int: Int] = [:]
        for changed in Self.changes(of: body, upTo: end) {
          let answer = try await witness.add(changed)
          statuses[answer.status, default: 0] += 1
          #expect([400, 403, 404, 409, 422].contains(answer.status), "\(answer.status) \(String(decoding: changed, as: UTF8.self))")
        }
        #expect(statuses.count >= 4)
        #expect(try await witness.add(body).status == 200)
      }
    }
  }

  /// Each byte changed, left out or doubled; the end cut off anywhere; bytes that were never a request.
  private static func changes(of body: [UInt8], upTo end: Int) -> [[UInt8]] {
    var changes: [[UInt8]] = []
    for index in 0..<end {
      changes.append(body.enumerated().map { $0.offset == index ? $0.element ^ 1 : $0.element })
      if index % 2 == 0 { changes.append(Array(body[..<index] + body[(index + 1)...])) } else { changes.append(Array(body[..<index])) }
      if index % 3 == 0 { changes.append(Array(body[...index] + body[index...])) }
    }
    for seed in 0..<100 { changes.append((0..<seed * 7).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 &+ seed &* 40_503) }) }
    return changes
  }
}
