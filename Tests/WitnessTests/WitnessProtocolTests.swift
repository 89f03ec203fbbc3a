import Crypto
import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("The witness protocol")
struct WitnessProtocolTests {
  @Test("a checkpoint that continues the last one is cosigned, and monitors are served it with both signatures")
  func cosigns() async throws {
    let log = try WitnessedLog()
    try await TestWitness.lease([log.keyLine]) { bench in
      let key = try bench.verifier
      let hash = SHA256.hash(data: log.origin.utf8).map { String(format: "%02x", $0) }.joined()
      try await bench.converse { witness async throws in
        #expect(try await witness.get("/\(hash)/checkpoint").status == 404)
        for (old, new) in [(0, 0), (0, 3), (3, 3), (3, 4), (4, 256), (256, 257), (257, 600)] {
          let before = Int64(Date().timeIntervalSince1970)
          let answer = try await witness.add(log.request(from: old, to: new))
          #expect(answer.status == 200 && answer.contentType.hasPrefix("text/plain"), "\(old) to \(new): \(answer.text)")
          let cosigned = try log.note(new).adding(answer.cosignatures)
          #expect(try cosigned.verified(by: [key]) == [key])
          let time = try #require(answer.cosignatures.first?.cosignedSeconds)
          #expect((before...before + 60).contains(time))
          let served = try await witness.get("/\(hash)/checkpoint")
          let note = try SignedNote(bytes: served.body)
          #expect(note.text == cosigned.text)
          #expect(try note.verified(by: [key, log.key.verifierKey(log.origin)]).count == 2)
        }
      }
      // What was cosigned is known to the next process.
      try await bench.converse { witness async throws in
        let answer = try await witness.add(log.request(from: 0, to: 600))
        #expect(answer.status == 409 && answer.text == "600\n")
      }
    }
  }

  @Test("an operator's key stands for all of his logs, and for no other's")
  func operators() async throws {
    let key = SigningKey()
    let name = try #require(KeyName("wallets.example.com/keys"))
    try await TestWitness.lease([key.verifierKey(name).description]) { bench in
      try await bench.converse { witness async throws in
        let origins = [
          ("wallets.example.com/brand/1/wallet_ledger", 200), ("wallets.example.com/brand/2/wallet_ledger", 200),
          ("wallets.example.com/platform/admin_audit", 200), ("wallets.example.com/brand/1/nothing", 404),
          ("wallets.example.com", 404), ("other.example.com/brand/1/wallet_ledger", 404),
          ("wallets.example.com/more/brand/1/wallet_ledger", 404), ("wallets.example.com/keys", 404),
        ]
        for (origin, status) in origins {
          #expect(try await witness.add(WitnessedLog(origin, key: key, count: 4).request(from: 0, to: 3)).status == status, "\(origin)")
        }
      }
    }
  }

  @Test("every refusal has the status that tlog-witness names, and changes nothing")
  func refusals() async throws {
    let log = try WitnessedLog()
    let fork = log.forked(at: 2)
    try await TestWitness.lease([log.keyLine]) { bench in
      try await bench.converse { witness async throws in
        #expect(try await witness.add(log.request(from: 0, to: 5)).status == 200)
        let stranger = log.signed(with: SigningKey())
        let falseLine = NoteSignature(
          name: log.origin, keyID: try log.key.verifierKey(log.origin).id, bytes: [UInt8](repeating: 1, count: 64))
        let emptyRoot = Checkpoint(origin: log.origin, size: 0, root: log.root(1)).text
        let cases: [(String, Int, [UInt8])] = [
          ("an unknown log", 404, try WitnessedLog("elsewhere.example/log").request(from: 0, to: 5)),
          ("a key that isn't the log's", 403, try stranger.request(from: 5, to: 6)),
          ("a false signature under the log's name", 403, try request(5, log.proof(from: 5, to: 6), log.note(6).text, [falseLine])),
          ("more old entries than new ones", 400, try request(9, [], log.note(6))),
          ("another old size", 409, try log.request(from: 4, to: 6)),
          ("from the beginning again", 409, try log.request(from: 0, to: 6)),
          ("a proof of another tree", 422, try fork.request(from: 5, to: 6)),
          ("a proof with a hash too many", 422, try request(5, log.proof(from: 5, to: 6) + [log.root(1)], log.note(6))),
          ("a proof with a hash too few", 422, try request(5, Array(log.proof(from: 5, to: 6).dropLast()), log.note(6))),
          ("the same size with another root", 422, try fork.request(from: 5, to: 5)),
          ("the same size with a proof", 422, try request(5, [log.root(1)], log.note(5))),
          (
            "an empty tree with another root", 422,
            try request(0, [], emptyRoot, [log.key.sign(emptyRoot, as: log.origin)])
          ),
          ("nothing", 400, []),
          ("no proof's end", 400, Array("old 5\n".utf8)),
          ("a size with a zero before it", 400, Array("old 05\n\n".utf8) + (try log.note(6).bytes)),
          ("a size that is none", 400, Array("old -1\n\n".utf8) + (try log.note(6).bytes)),
          ("a hash that is none", 400, Array("old 5\nAAAA\n\n".utf8) + (try log.note(6).bytes)),
          ("carriage returns", 400, Array("old 5\r\n\r\n".utf8) + (try log.note(6).bytes)),
          ("64 hashes", 400, try request(5, [MerkleHash](repeating: log.root(1), count: 64), log.note(6))),
          ("no signature", 400, Array("old 5\n\n".utf8) + (try log.note(6).text) + [0x0A]),
          ("too much", 413, [UInt8](repeating: 0x41, count: 70_000)),
        ]
        for (what, status, body) in cases {
          let answer = try await witness.add(body)
          #expect(answer.status == status, "\(what): \(answer.status) \(answer.text)")
          if status == 409 { #expect(answer.contentType == "text/x.tlog.size" && answer.text == "5\n") }
        }
        #expect(try await witness.get("/add-checkpoint").status == 405)
        #expect(try await witness.add(log.request(from: 5, to: 6)).status == 200)
      }
    }
  }

  @Test("signatures of unknown keys are ignored, and no one vouches for them")
  func unknownSignatures() async throws {
    let log = try WitnessedLog()
    try await TestWitness.lease([log.keyLine]) { bench in
      try await bench.converse { witness async throws in
        let (other, name) = (SigningKey(), try #require(KeyName("somebody.example/else")))
        let note = try log.note(3)
        let more = try note.adding([other.sign(note.text, as: name), other.cosign(note.text, as: name, atSeconds: 7)])
        #expect(try await witness.add(request(0, [], more)).status == 200)
        let hash = SHA256.hash(data: log.origin.utf8).map { String(format: "%02x", $0) }.joined()
        let served = try SignedNote(bytes: try await witness.get("/\(hash)/checkpoint").body)
        #expect(served.signatures.map { "\($0.name)" } == ["\(log.origin)", "\(log.origin)", bench.name])
      }
    }
  }

  @Test("a log that asks too often is told to wait, and others aren't held up")
  func rateLimit() async throws {
    let (log, other) = (try WitnessedLog(), try WitnessedLog("other.example/log"))
    try await TestWitness.lease([log.keyLine, other.keyLine]) { bench in
      try await bench.converse("--per-minute", "3") { witness async throws in
        var statuses: [Int] = []
        for _ in 0..<8 { statuses.append(try await witness.add(log.request(from: 9, to: 10)).status) }
        // The minute may end in between.
        #expect(statuses.contains(429) && statuses.prefix(3) == [409, 409, 409])
        #expect(try await witness.add(other.request(from: 0, to: 1)).status == 200)
      }
    }
  }

  @Test("probes and metrics say what the witness does")
  func probes() async throws {
    let log = try WitnessedLog()
    try await TestWitness.lease([log.keyLine]) { bench in
      try await bench.converse { witness async throws in
        #expect(try await witness.add(log.request(from: 0, to: 7)).status == 200)
        #expect(try await witness.add(log.request(from: 0, to: 7)).status == 409)
        #expect(try await witness.get("/healthz").status == 200)
        #expect(try await witness.get("/readyz").status == 200)
        let metrics = try await witness.get("/metrics").text
        for line in [
          "witness_cosigned_total 1", #"witness_refused_total{reason="conflict"} 1"#,
          "witness_log_entries{origin=\"\(log.origin)\"} 7", "witness_logs_lost 0",
        ] {
          #expect(metrics.contains(line + "\n"), "\(line)")
        }
      }
    }
  }

  private func request(_ old: Int64, _ hashes: [MerkleHash], _ note: SignedNote) -> [UInt8] {
    WitnessRequest(oldSize: old, hashes: hashes, note: note).bytes
  }

  private func request(_ old: Int64, _ hashes: [MerkleHash], _ text: [UInt8], _ signatures: [NoteSignature]) throws -> [UInt8] {
    request(old, hashes, try SignedNote(text: text, signatures: signatures))
  }
}
