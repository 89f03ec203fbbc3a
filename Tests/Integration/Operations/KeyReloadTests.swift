import Composition
import Foundation
import Kernel
import Platform
import Synchronization
import TestSupport
import Testing

/// The rotation of players' keys on processes of their own, as an operator does it.
@Suite("Rotation of the JWT keys", .serialized)
struct KeyReloadTests {
  /// What a client that goes on throughout was answered; 0 where there was no answer.
  private final class Statuses: Sendable {
    private let kept = Mutex<[Int]>([])

    var all: [Int] { kept.withLock { $0 } }

    func add(_ status: Int?) { kept.withLock { $0.append(status ?? 0) } }
  }

  @Test(
    "S0-JWT-04 S0-JWT-05 S0-JWT-12 S0-HARD-08 S0-HARD-16 verifiers take keys from their file while they run, no caller is refused in a rotation, and a key that is removed ends its tokens",
    arguments: KeyRotationBench.Source.allCases)
  func rotation(_ source: KeyRotationBench.Source) async throws {
    try await RunningStack.run { stack in
      let (old, new) = (try await JWTPair.make("20261120-1"), try await JWTPair.make("20261121-1"))
      let bench = try KeyRotationBench(stack)
      try bench.configure(issuer: old, accepted: [old])
      let gateway = try bench.start(.gateway, source)
      var player = try bench.start(.playerService, source)
      try await bench.expectAccepted([old])
      let began = try await bench.uptimes()
      let token = try await bench.join("rotating")

      let seen = Statuses()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { [host = stack.brands[0].host, client = stack.client, address = bench.address] in
          while !Task.isCancelled {
            seen.add(try? await client.send("GET", "/v1/players/me", at: address, host: host, token: token).status)
            try? await Task.sleep(for: .milliseconds(5))
          }
        }
        try bench.configure(issuer: old, accepted: [old, new])
        try await bench.announce()
        try await bench.expectAccepted([old, new])
        #expect(try await bench.uptimes().allSatisfy { $0.value >= began[$0.key] ?? .max }, "a process has begun anew")
        // The issuer is the one role that must begin anew: its private key is no setting that changes under it.
        try bench.configure(issuer: new, accepted: [old, new])
        player.signal(SIGTERM)
        #expect(await player.status() == 0)
        player = try bench.start(.playerService, source)
        try await bench.expectAccepted([old, new], by: [.playerService])
        try await eventually("the old token is served again") { seen.all.last == 200 }
        group.cancelAll()
      }
      #expect(seen.all.contains(200) && !seen.all.contains(401))
      let fresh = try await bench.join("rotated")
      #expect(try await bench.me(fresh) == "200")
      #expect(try await bench.me(token) == "200")

      try bench.configure(issuer: new, accepted: [new])
      try await bench.announce()
      try await bench.expectAccepted([new])
      #expect(try await bench.me(token) == "401 unknown_kid")
      #expect(try await bench.me(fresh) == "200")
      for run in [gateway, player] {
        run.signal(SIGTERM)
        #expect(await run.status() == 0)
      }
    }
  }

  /// The token that a client shows, and up to which one it has been answered.
  private final class ShownToken: Sendable {
    private let state = Mutex((token: "", number: 0, answered: 0))

    var shown: (token: String, number: Int) { state.withLock { ($0.token, $0.number) } }
    var answered: Int { state.withLock { $0.answered } }

    func change(_ token: String) { state.withLock { $0 = (token, $0.number + 1, $0.answered) } }
    func note(_ number: Int) { state.withLock { $0.answered = max($0.answered, number) } }
  }

  @Test(
    "S0-JWT-05 twenty rotations one after the other under load: no valid token is refused, and no removed key's is taken",
    .timeLimit(.minutes(3)))
  func twenty() async throws {
    try await RunningStack.run { stack in
      let bench = try KeyRotationBench(stack)
      var old = try await JWTPair.make("20261120-1")
      func configure(issuer: JWTPair, accepted: [JWTPair]) async throws {
        try bench.configure(issuer: issuer, accepted: accepted)
        try await bench.announce()
      }
      try await configure(issuer: old, accepted: [old])
      let gateway = try bench.start(.gateway)
      var player = try bench.start(.playerService)
      // What is left of them when the test ends early.
      defer { for run in [gateway, player] where !run.hasEnded { run.signal(SIGKILL) } }
      try await bench.expectAccepted([old])
      let (seen, shown) = (Statuses(), ShownToken())
      shown.change(try await bench.join("rotation-0"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask { [host = stack.brands[0].host, client = stack.client, address = bench.address] in
          while !Task.isCancelled {
            let (token, number) = shown.shown
            let status = try? await client.send("GET", "/v1/players/me", at: address, host: host, token: token).status
            if Task.isCancelled { return }
            seen.add(status)
            if status == 200 { shown.note(number) }
            try? await Task.sleep(for: .milliseconds(5))
          }
        }
        for number in 2...21 {
          let (stale, new) = (shown.shown.token, try await JWTPair.make("20261120-\(number)"))
          try await configure(issuer: old, accepted: [old, new])
          try await bench.expectAccepted([old, new])
          try await configure(issuer: new, accepted: [old, new])
          player.signal(SIGTERM)
          #expect(await player.status() == 0)
          player = try bench.start(.playerService)
          try await bench.expectAccepted([old, new], by: [.playerService])
          shown.change(try await bench.join("rotation-\(number)"))
          try await eventually("the client has moved") { shown.answered == number }
          try await configure(issuer: new, accepted: [new])
          try await bench.expectAccepted([new])
          #expect(try await bench.me(stale) == "401 unknown_kid")
          old = new
        }
      }
      #expect(seen.all.count { $0 == 200 } > 20 && !seen.all.contains(401), "\(seen.all.count { $0 == 401 }) of \(seen.all.count)")
      for run in [gateway, player] {
        run.signal(SIGTERM)
        #expect(await run.status() == 0)
      }
    }
  }
}
