import Foundation
import Kernel
import TestSupport
import Testing

@testable import Game

@Suite("Malformed and forged callbacks over HTTP")
struct HostileCallbackTests {
  /// Of each kind; ten thousand take some minutes (docs/operating/torture.md).
  private static let count = ProcessInfo.processInfo.environment["CORDON_HOSTILE_CALLBACKS"].flatMap { Int($0) } ?? 3_000

  @Test(
    "thousands of each provider, ten thousand in the long form: no 5xx, no balance changed, all answered in the provider's form",
    arguments: ProviderPen.all)
  func hostile(pen: ProviderPen) async throws {
    try await GameBench.run(settings: ["CORDON_ACCESS_LOG": "off"]) { bench in
      try await bench.deposit(1_000_000)
      // Nothing that could be taken for a good callback: no session is alive, and no bet is open.
      let bodies = Self.bodies(pen, count: Self.count)
      let tally = HostileTally()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for lane in 0..<16 {
          group.addTask {
            for index in stride(from: lane, to: bodies.count, by: 16) {
              let reply = try await bench.post(bodies[index].path, bodies[index].body, bodies[index].headers)
              tally.note(reply, bodies[index], pen)
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(tally.faults.isEmpty, "\(tally.faults.prefix(5))")
      #expect(tally.count == Self.count)
      #expect(try await bench.total() == 1_000_000)
      #expect(try await bench.number("SELECT count(*) FROM wallet.wallet_transaction WHERE kind <> 'deposit'") == 0)
      // Forged ones were turned away by their signature alone: not one of them was counted as read.
      let forged = bodies.filter { !$0.isSigned }.count
      let unverified = bench.role.metric("game_callback_signature_failed_total", ["provider": pen.provider]) ?? 0
      #expect(Int(unverified) == forged)
    }
  }

  /// Half of them are signed rightly and malformed, half are forged in some way.
  private static func bodies(_ pen: ProviderPen, count: Int) -> [HostileCallback] {
    var damage = CallbackDamage(seed: 26)
    let notes: [ProviderNote] = [
      .bet("b1", 300), .win("w1", 500), .rollback("r1"), .endRound("e1"), ProviderNote(operation: "balance", transaction: "q"),
    ]
    return (0..<count).map { index in
      let note = notes[index % notes.count]
      let body = damage.body(like: pen.body(note), for: pen)
      let path = "/callbacks/\(pen.provider)/\(pen.path(of: note.operation))"
      // RSA is dear: where it signs, nine of ten are forged.
      let isSigned = pen.provider == "wc" ? index % 10 == 0 : index % 2 == 0
      return HostileCallback(
        path: path, body: body, headers: isSigned ? [pen.signatureHeader: pen.signature(of: body)] : forgery(index, pen, body),
        isSigned: isSigned)
    }
  }

  private static func forgery(_ index: Int, _ pen: ProviderPen, _ body: [UInt8]) -> [String: String] {
    let other = ProviderPen(provider: pen.provider == "mg" ? "bti" : "mg")
    switch index % 6 {
    case 0: return [:]
    case 1: return [pen.signatureHeader: ""]
    case 2: return [pen.signatureHeader: String(repeating: "0", count: 64)]
    case 3: return [pen.signatureHeader: other.signature(of: body)]
    case 4: return [other.signatureHeader: other.signature(of: body)]
    default: return [pen.signatureHeader: "not a signature, \(index)", "X-Brand-ID": "1", "X-Caller-Service": "admin"]
    }
  }

  @Test(
    "the body isn't read before its signature is right: what would crash a reader is only an invalid signature", arguments: ProviderPen.all)
  func signatureFirst(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      let path = "/callbacks/\(pen.provider)/\(pen.path(of: "bet"))"
      let unreadable = Array(String(repeating: "[", count: 60_000).utf8)
      let forged = try await bench.post(path, unreadable, [pen.signatureHeader: "00"])
      let words = ["mg": "RS_ERROR_INVALID_SIGNATURE", "bti": "-10", "wc": "BAD_SIGNATURE"]
      #expect(pen.read(forged.status, forged.body).term == words[pen.provider])
      let malformed = ["mg": "RS_ERROR_WRONG_SYNTAX", "bti": "-11", "wc": "BAD_REQUEST"]
      let signed = try await bench.post(path, unreadable, [pen.signatureHeader: pen.signature(of: unreadable)])
      #expect(pen.read(signed.status, signed.body).term == malformed[pen.provider])
      #expect(bench.role.metric("game_callback_total", ["provider": pen.provider, "outcome": "unverified"]) == 1)
      #expect(bench.role.metric("game_callback_total", ["provider": pen.provider, "outcome": "malformed"]) == 1)
    }
  }

  @Test("verification that is off is counted, and refused at boot in production (S0-GAME-13, S0-HARD-02)", arguments: ProviderPen.all)
  func verificationOff(pen: ProviderPen) async throws {
    try await GameBench.run(settings: ["VERIFY_CALLBACKS": "off"]) { bench in
      let body = pen.body(ProviderNote(operation: "balance", transaction: "q"))
      let reply = try await bench.post("/callbacks/\(pen.provider)/\(pen.path(of: "balance"))", body, [:])
      #expect(pen.read(reply.status, reply.body).term == ModelDialect.of(pen.provider).words["ok"])
      #expect(bench.role.metric("game_callback_verification_bypassed_total", ["provider": pen.provider]) == 1)
    }
    let settings = ["CORDON_ENV": "production", "VERIFY_CALLBACKS": "off"]
    #expect {
      try RunningRole.context(.gameService, settings: settings)
    } throws: { error in "\(error)".contains("VERIFY_CALLBACKS") }
  }
}
