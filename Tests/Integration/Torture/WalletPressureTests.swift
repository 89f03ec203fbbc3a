import Composition
import Contracts
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// Callers that hang up, a brand's lock that somebody holds, and more commands than the queue takes.
  @Suite("Pressure on the wallet", .serialized)
  struct WalletPressureTests {
    private static let amount: Int64 = 100
    /// A wallet that waits for the database answers within this, in words.
    private static let answerMax: Duration = .seconds(13)

    /// Single commands that were refused as too much.
    private let refusals = Counter()

    private struct Batch: Encodable, Sendable {
      struct Command: Encodable, Sendable {
        let command = "deposit"
        let key: String
        let player: Int64
        let amount: Int64
        let currency: String

        enum CodingKeys: String, CodingKey {
          case command, amount, currency
          case key = "idempotency_key"
          case player = "player_id"
        }
      }
      let commands: [Command]
    }

    private final class Counter: Sendable {
      private let count = Atomic<Int>(0)
      var value: Int { count.load(ordering: .relaxed) }
      func add() { count.add(1, ordering: .relaxed) }
    }

    private struct BatchAnswer: Decodable, Sendable {
      struct Result: Decodable, Sendable { let status: Int }
      let results: [Result]
    }

    @Test(
      "callers that hang up don't tear down the batch, a held lock is waited for with a bound, and what is too much is refused and succeeds later"
    )
    func pressure() async throws {
      let settings = TortureSettings()
      try await RunningStack.run { stack in
        let player = try await stack.player("pressure", on: stack.brands[0])
        let bystander = try await stack.player("pressure", on: stack.brands[1])
        var count = try await hangUps(stack, player)
        count += try await heldLock(stack, player, bystander, seconds: settings.isLong ? 12 : 1)
        count += try await overload(stack, player)
        let balance = try await stack.psql(
          "SELECT sum(balance) FROM wallet.wallet_balance WHERE brand_id = \(player.brand.id) AND player_id = \(player.id)")
        #expect(balance == "\(Int64(count) * Self.amount)")
        #expect(try await stack.psql("SELECT count(*) FROM wallet.v_bucket_difference") == "0")
        #expect(try await stack.psql("SELECT count(*) FROM wallet.wallet_command WHERE brand_id = \(player.brand.id)") == "\(count)")
        try await stack.expectRecovered()
      }
    }

    // MARK: Hanging up

    /// Half of the callers send everything and close at once; the others must not notice.
    private func hangUps(_ stack: RunningStack, _ player: StackPlayer) async throws -> Int {
      let callers = 200
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for caller in 0..<callers {
          group.addTask {
            guard caller % 2 == 0 else { return try await deposit(stack, player, "hang-\(caller)").status }
            hangUp(stack, player, "hang-\(caller)")
            return 201
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.allSatisfy { $0 == 201 })
      for caller in 0..<callers where caller % 2 == 0 {
        #expect(try await deposit(stack, player, "hang-\(caller)").status == 201)
      }
      return callers
    }

    private func hangUp(_ stack: RunningStack, _ player: StackPlayer, _ key: String) {
      let port = stack.url(.walletService).split(separator: ":").last.flatMap { Int($0) } ?? 0
      let body = "{\"player_id\":\(player.id),\"amount\":\(Self.amount),\"currency\":\"\(player.brand.currency)\"}"
      let headers = stack.headers(of: .admin, player.brand).map { "\($0.key): \($0.value)\r\n" }.joined()
      RawSocket(port: port, seconds: 5)?.send(
        Array(
          """
          POST /internal/wallet/deposit HTTP/1.1\r\nHost: wallet\r\nContent-Type: application/json\r\n\(headers)\
          \(HeaderNames.idempotencyKey): \(player.brand.code):\(key)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
          """.utf8))
    }

    private func deposit(_ stack: RunningStack, _ player: StackPlayer, _ key: String) async throws -> StackReply {
      try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):\(key)",
        body: WalletDepositBody(player: player.id, amount: Self.amount, currency: player.brand.currency),
        headers: stack.headers(of: .admin, player.brand))
    }

    // MARK: A held lock

    /// Somebody sits on the brand's chain; the other brand doesn't notice.
    private func heldLock(_ stack: RunningStack, _ player: StackPlayer, _ bystander: StackPlayer, seconds: Int) async throws -> Int {
      let callers = 32
      let longest = try await withThrowingTaskGroup(of: Duration.self) { group in
        group.addTask {
          try await hold(stack, player, seconds: seconds)
          return .zero
        }
        try await Task.sleep(for: .milliseconds(300))
        for caller in 0..<callers { group.addTask { try await untilAccepted(stack, player, "held-\(caller)") } }
        group.addTask {
          for number in 0..<10 {
            let reply = try await deposit(stack, bystander, "beside-\(number)")
            #expect(reply.status == 201)
          }
          return .zero
        }
        return try await group.reduce(into: Duration.zero) { $0 = max($0, $1) }
      }
      print("torture pressure: a lock held for \(seconds) s, the longest answer took \(longest)")
      #expect(longest < Self.answerMax)
      return callers
    }

    private func hold(_ stack: RunningStack, _ player: StackPlayer, seconds: Int) async throws {
      try await stack.psql(
        "SELECT FROM wallet.wallet_chain WHERE brand_id = \(player.brand.id) FOR UPDATE; SELECT pg_sleep(\(seconds))")
    }

    /// - Returns: how long the slowest of the attempts took.
    private func untilAccepted(_ stack: RunningStack, _ player: StackPlayer, _ key: String) async throws -> Duration {
      var longest = Duration.zero
      let deadline = ContinuousClock.now + .seconds(60)
      while ContinuousClock.now < deadline {
        let began = ContinuousClock.now
        let reply = try await deposit(stack, player, key)
        longest = max(longest, ContinuousClock.now - began)
        if reply.status == 201 { return longest }
        #expect(["503 unavailable", "503 overloaded", "503 outcome_unknown"].contains(reply.summary))
        if reply.reason == "overloaded" {
          #expect(reply.headers["retry-after"] == "1")
          refusals.add()
        }
        try await Task.sleep(for: .milliseconds(100))
      }
      Issue.record("\(key) was not accepted in time")
      return longest
    }

    // MARK: Too much

    /// More than queue and batches hold, while the lock is held so that none gets through meanwhile.
    private func overload(_ stack: RunningStack, _ player: StackPlayer) async throws -> Int {
      let batches = 60
      let each = 100
      let singles = 120
      let refused = try await withThrowingTaskGroup(of: Int.self) { group in
        group.addTask {
          try await hold(stack, player, seconds: 2)
          return 0
        }
        try await Task.sleep(for: .milliseconds(300))
        for batch in 0..<batches { group.addTask { try await untilAllAccepted(stack, player, batch, each) } }
        try await Task.sleep(for: .milliseconds(700))
        for single in 0..<singles {
          group.addTask {
            _ = try await untilAccepted(stack, player, "single-\(single)")
            return 0
          }
        }
        return try await group.reduce(0, +)
      }
      print("torture pressure: \(batches * each) commands at once, \(refused) refusals")
      #expect(refused > 0 && refusals.value > 0, "the queue took all of it")
      return batches * each + singles
    }

    /// - Returns: how many refusals there were on the way.
    private func untilAllAccepted(_ stack: RunningStack, _ player: StackPlayer, _ batch: Int, _ each: Int) async throws -> Int {
      let body = Batch(
        commands: (0..<each).map {
          .init(
            key: "\(player.brand.code):many-\(batch)-\($0)", player: player.id, amount: Self.amount, currency: player.brand.currency)
        })
      var refused = 0
      let deadline = ContinuousClock.now + .seconds(90)
      while ContinuousClock.now < deadline {
        let reply = try await stack.client.send(
          "POST", "/internal/wallet/batch", at: stack.url(.walletService), body: body, headers: stack.headers(of: .admin, player.brand))
        if reply.status == 503 {
          refused += each
          #expect(reply.reason == "overloaded" && reply.headers["retry-after"] == "1", "\(reply.summary)")
        } else {
          let results = try reply.decode(BatchAnswer.self).results
          if results.allSatisfy({ $0.status == 201 }) { return refused }
          #expect(results.allSatisfy { $0.status == 201 || $0.status == 503 })
          refused += results.count { $0.status == 503 }
        }
        try await Task.sleep(for: .milliseconds(500))
      }
      Issue.record("batch \(batch) was not accepted in time")
      return refused
    }
  }
}
