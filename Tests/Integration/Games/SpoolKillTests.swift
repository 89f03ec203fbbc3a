import Composition
import Crypto
import Foundation
import Kernel
import Platform
import Synchronization
import TestSupport
import Testing

@Suite("Callbacks that only the spool has", .serialized)
struct SpoolKillTests {
  private struct Callback: Encodable {
    let transaction: String
    let request = "q"
    let user = "nobody_zoe"
    let round = "round-1"
    let amount = 100
    let currency = "USD"
    let reference = "b1"

    enum CodingKeys: String, CodingKey {
      case transaction = "transaction_uuid"
      case request = "request_uuid"
      case user
      case round
      case amount
      case currency
      case reference = "reference_transaction_uuid"
    }
  }

  private final class Promised: Sendable {
    private let state = Mutex<Set<String>>([])

    var names: Set<String> { state.withLock { $0 } }

    func insert(_ name: String) { state.withLock { _ = $0.insert(name) } }
  }

  @Test(
    "game_service is killed with a spool that PostgreSQL couldn't take: its next process enters every acknowledged callback, once (S0-DLQ-15)",
    .timeLimit(.minutes(3)))
  func killed() async throws {
    let spool = FileManager.default.temporaryDirectory.path + "/cordon-spool-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: spool) }
    try await RunningStack.run { stack in
      let game = try RoleProcess(
        .gameService, stack: stack, port: try FreePort.next(), settings: ["CORDON_GAME_SPOOL_DIR": spool])
      do {
        try await kill(game, spool, stack)
        await game.kill()
      } catch {
        await game.kill()
        throw error
      }
    }
  }

  private func kill(_ game: RoleProcess, _ spool: String, _ stack: RunningStack) async throws {
    try await game.serves()
    let promised = Promised()
    #expect(try await send("before", game, stack))
    promised.insert("before")
    await stack.postgres.crash()
    await withTaskGroup(of: Void.self) { group in
      for lane in 0..<4 {
        group.addTask {
          for number in 0..<200 {
            let name = "\(lane)-\(number)"
            // Once the process is dead nobody is answered, and nothing is promised.
            guard (try? await send(name, game, stack)) == true else { return }
            promised.insert(name)
          }
        }
      }
      group.addTask {
        try? await eventually("some are acknowledged") { promised.names.count > 40 }
        await game.kill()
      }
    }
    let names = promised.names
    #expect(names.count > 40 && names.count < 800)
    #expect(try FileManager.default.contentsOfDirectory(atPath: spool).count >= names.count - 1)

    try await stack.postgres.startAgain()
    try game.startAgain()
    try await game.serves()
    let entered = "SELECT convert_from(raw_body, 'UTF8')::json->>'transaction_uuid' FROM cordon.game_callback_dead_letter"
    let kept = try await eventually("every promised callback is entered", within: .seconds(60), every: .milliseconds(200)) {
      let entered = try await stack.psql(entered).split(separator: "\n").map(String.init)
      return names.isSubset(of: entered) ? entered : nil
    }
    #expect(kept.count == Set(kept).count)
  }

  /// - Returns: whether it was acknowledged.
  private func send(_ name: String, _ game: RoleProcess, _ stack: RunningStack) async throws -> Bool {
    let keys = try JSONDocument.parse(Array((stack.settings["GAME_SIMULATOR_KEYS"] ?? "").utf8))
    let callback = Callback(transaction: name)
    let code = HMAC<SHA256>.authenticationCode(
      for: try JSONBytes.encode(callback), using: SymmetricKey(data: Array(try #require(keys["mg"]?.text).utf8)))
    let reply = try await stack.client.send(
      "POST", "/callbacks/mg/win", at: game.url, body: callback, headers: ["X-MG-Signature": Hexadecimal.encode(code)])
    return reply.status == 200 && reply.text.contains("RS_ERROR_INVALID_USER")
  }
}
