import Evidence
import Foundation
import Kernel
import TestSupport
import Testing

@testable import Witness

@Suite("What a witness remembers")
struct WitnessStateTests {
  @Test("of two forks that are shown to one witness, the second is refused, whatever it says of the first")
  func splitView() async throws {
    let log = try WitnessedLog()
    let fork = log.forked(at: 8)
    try await TestWitness.lease([log.keyLine]) { bench in
      try await bench.converse { witness async throws in
        #expect(try await witness.add(log.request(from: 0, to: 6)).status == 200)
        #expect(try await witness.add(log.request(from: 6, to: 10)).status == 200)
        for old in [0, 6, 8, 9] { #expect(try await witness.add(fork.request(from: old, to: 12)).status == 409) }
        for new in 10...20 { #expect(try await witness.add(fork.request(from: 10, to: new)).reason == "checkpoint_inconsistent") }
        #expect(try await witness.add(log.request(from: 10, to: 20)).status == 200)
      }
      // Not after a restart either.
      try await bench.converse { witness async throws in
        #expect(try await witness.add(fork.request(from: 20, to: 20)).status == 422)
        #expect(try await witness.add(fork.request(from: 0, to: 20)).status == 409)
      }
    }
  }

  @Test("a witness that dies between keeping and answering cosigns no other tree of that size afterwards", arguments: WitnessStep.allCases)
  func death(step: WitnessStep) async throws {
    let log = try WitnessedLog()
    let fork = log.forked(at: 3)
    try await TestWitness.lease([log.keyLine]) { bench in
      let key = try WitnessKey(text: String(contentsOfFile: bench.keyFile, encoding: .utf8).trimmingCharacters(in: .newlines))
      let atDeath = bench.folder + "/at-death"
      let state = try WitnessState(bench.state, key: key) { reached in
        // What the disk holds at this point is all that the next process has.
        if reached == step { try? FileManager.default.copyItem(atPath: bench.state, toPath: atDeath) }
      }
      let request = try WitnessRequest(bytes: try log.request(from: 0, to: 5))
      _ = try await state.advance(request, try Checkpoint(text: request.note.text), request.note, ownSeconds: nil, atSeconds: 1)
      let run = try bench.start(state: atDeath)
      defer { run.signal(SIGKILL) }
      let witness = try await bench.client(of: run)
      switch step {
      case .judged: #expect(try await witness.add(log.request(from: 0, to: 5)).status == 200)
      case .kept:
        let told = try await witness.add(log.request(from: 0, to: 5))
        #expect(told.status == 409 && told.text == "5\n")
        #expect(try await witness.add(fork.request(from: 0, to: 5)).status == 409)
        #expect(try await witness.add(fork.request(from: 5, to: 5)).status == 422)
        #expect(try await witness.add(log.request(from: 5, to: 5)).status == 200)
      }
    }
  }

  @Test("killed at any moment while two histories compete, it cosigns one history", .timeLimit(.minutes(3)))
  func killed() async throws {
    let log = try WitnessedLog(count: 4000)
    let fork = log.forked(at: 1)
    try await TestWitness.lease([log.keyLine]) { bench in
      var cosigned: [Int: Set<MerkleHash>] = [:]
      for life in 0..<10 {
        let run = try bench.start(["--per-minute", "1000000"])
        let witness = try await bench.client(of: run)
        let won = await withTaskGroup(of: [(Int, MerkleHash)].self) { group in
          for history in [log, fork, log, fork] { group.addTask { await Self.press(history, on: witness) } }
          group.addTask {
            try? await Task.sleep(for: .milliseconds(60 + 35 * life))
            run.signal(SIGKILL)
            return []
          }
          return await group.reduce(into: []) { $0 += $1 }
        }
        _ = await run.status()
        for (size, root) in won { cosigned[size, default: []].insert(root) }
      }
      let roots = cosigned.sorted { $0.key < $1.key }
      #expect(roots.count > 10)
      let isLog = roots.allSatisfy { $0.value == [log.root($0.key)] }
      let isFork = roots.allSatisfy { $0.value == [fork.root($0.key)] }
      #expect(isLog || isFork)
    }
  }

  /// Has one history cosigned entry by entry until the witness is gone. - Returns: what was cosigned.
  private static func press(_ log: WitnessedLog, on witness: WitnessClient) async -> [(Int, MerkleHash)] {
    var won: [(Int, MerkleHash)] = []
    var old = 0
    while old < 3990, let body = try? log.request(from: old, to: old + 2), let answer = try? await witness.add(body) {
      if answer.status == 200 { won.append((old + 2, log.root(old + 2))) }
      switch answer.status {
      case 200: old += 2
      case 409: old = Int(answer.text.dropLast()) ?? 0
      default: return won
      }
    }
    return won
  }

  @Test("of a hundred clients at once, half with one history and half with another, only one half is cosigned")
  func hundred() async throws {
    let log = try WitnessedLog()
    let fork = log.forked(at: 4)
    try await TestWitness.lease([log.keyLine]) { bench in
      try await bench.converse { witness async throws in
        #expect(try await witness.add(log.request(from: 0, to: 3)).status == 200)
        let answers = try await withThrowingTaskGroup(of: (Bool, Int).self) { group in
          for client in 0..<100 {
            let isFork = client.isMultiple(of: 2)
            group.addTask { (isFork, try await witness.add((isFork ? fork : log).request(from: 3, to: 6 + client / 2)).status) }
          }
          return try await group.reduce(into: [(Bool, Int)]()) { $0.append($1) }
        }
        #expect(answers.count { $0.1 == 200 } == 1 && answers.count { $0.1 == 409 } == 99)
        let winner = try #require(answers.first { $0.1 == 200 })
        // The others go on from there: those of the winner's history may, the others never.
        let size = try #require(Int(try await witness.add(log.request(from: 0, to: 3)).text.dropLast()))
        let (right, wrong) = winner.0 ? (fork, log) : (log, fork)
        #expect(try await witness.add(wrong.request(from: size, to: 100)).status == 422)
        #expect(try await witness.add(right.request(from: size, to: 100)).status == 200)
      }
    }
  }

  @Test("a second witness on the same folder is refused, and so are a folder that is lost, damaged, or another key's")
  func folders() async throws {
    let log = try WitnessedLog()
    try await TestWitness.lease([log.keyLine]) { bench in
      try await bench.converse { witness async throws in
        #expect(try await witness.add(log.request(from: 0, to: 5)).status == 200)
        let second = try bench.start()
        #expect(await second.status() == 1)
        #expect(second.messages.contains("another process works in"))
      }
      let missing = try bench.start(state: bench.folder + "/elsewhere")
      #expect(await missing.status() == 1)
      #expect(missing.messages.contains("isn't the state of a witness"))
      let again = try await bench.program.run(
        "witness", "key", "create", "--name", bench.name, "--out", bench.folder + "/second.key", "--state", bench.state)
      #expect(again.status == 5 && again.messages.contains("is a witness's already"))
      #expect(!FileManager.default.fileExists(atPath: bench.folder + "/second.key"))
      let other = try await bench.program.run(
        "witness", "key", "create", "--name", bench.name, "--out", bench.folder + "/second.key", "--state", bench.folder + "/second")
      #expect(other.status == 0)
      let mixed = try bench.start(state: bench.folder + "/second")
      #expect(await mixed.status() == 1)
      #expect(mixed.messages.contains("another witness's key"))
      let file = try #require(try FileManager.default.contentsOfDirectory(atPath: bench.state).first { $0.hasSuffix(".checkpoint") })
      let path = bench.state + "/" + file
      let kept = try Data(contentsOf: URL(filePath: path))
      for damaged in [Data(), kept.dropLast(), Data(try log.forked(at: 1).note(5).bytes)] {
        try damaged.write(to: URL(filePath: path))
        let run = try bench.start()
        #expect(await run.status() == 1)
        #expect(run.messages.contains("isn't a checkpoint that this witness cosigned"))
      }
      try kept.write(to: URL(filePath: bench.state + "/" + String(repeating: "0", count: 64) + ".checkpoint"))
      try FileManager.default.removeItem(atPath: path)
      let renamed = try bench.start()
      #expect(await renamed.status() == 1)
      #expect(renamed.messages.contains("is another log's"))
    }
  }

  @Test("a state that was set back is found when a log shows a later cosignature, and nothing more is cosigned until it is restored")
  func setBack() async throws {
    let log = try WitnessedLog()
    let fork = log.forked(at: 4)
    try await TestWitness.lease([log.keyLine]) { bench in
      let backup = bench.folder + "/backup"
      try await bench.converse { witness async throws in #expect(try await witness.add(log.request(from: 0, to: 3)).status == 200) }
      try FileManager.default.copyItem(atPath: bench.state, toPath: backup)
      let cosigned = try await bench.converse { witness async throws in
        try log.note(9).adding(try await witness.add(log.request(from: 3, to: 9)).cosignatures)
      }
      try FileManager.default.removeItem(atPath: bench.state)
      try FileManager.default.copyItem(atPath: backup, toPath: bench.state)
      let evidence = WitnessRequest(oldSize: 3, hashes: log.proof(from: 3, to: 9), note: cosigned).bytes
      try await bench.converse { witness async throws in
        #expect(try await witness.get("/readyz").status == 200)
        #expect(try await witness.add(evidence).reason == "witness_state_lost")
        #expect(try await witness.add(fork.request(from: 3, to: 9)).status == 503)
        #expect(try await witness.get("/readyz").status == 503)
        #expect(try await witness.get("/metrics").text.contains("witness_logs_lost 1\n"))
      }
      try await bench.converse { witness async throws in #expect(try await witness.add(log.request(from: 3, to: 9)).status == 503) }
      // What the log showed is what was lost.
      let lost = try #require(try FileManager.default.contentsOfDirectory(atPath: bench.state).first { $0.hasSuffix(".lost") })
      let last = lost.replacing(".lost", with: ".checkpoint")
      try FileManager.default.removeItem(atPath: bench.state + "/" + last)
      try FileManager.default.moveItem(atPath: bench.state + "/" + lost, toPath: bench.state + "/" + last)
      try await bench.converse { witness async throws in
        #expect(try await witness.get("/readyz").status == 200)
        #expect(try await witness.add(fork.request(from: 9, to: 9)).status == 422)
        #expect(try await witness.add(log.request(from: 9, to: 12)).status == 200)
      }
    }
  }
}
