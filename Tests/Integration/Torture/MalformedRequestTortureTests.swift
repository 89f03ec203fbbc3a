import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// A place of its own in the suite, because a stack is run by one test at a time.
  @Suite("Malformed requests", .serialized)
  struct MalformedRequestTortureTests {
    private static let requests = 10_000
    private static let workers = 8
    /// Allocators keep what bursts needed; a leak of one request's body for each would be more than this.
    private static let growthMaxKilobytes = 96 * 1024
    private static let balance: Int64 = 50_000_000

    @Test("10,000 seeded malformed requests through the gateway: no failure, no crash, every refusal a documented problem, no money moved")
    func malformed() async throws {
      let settings = TortureSettings()
      try await RunningStack.run(settings: ["CORDON_HTTP_BODY_SECONDS": "4", "CORDON_HTTP_HEADER_SECONDS": "4"]) { stack in
        let player = try await stack.player("fuzz", on: stack.brands[0])
        let bystander = try await stack.player("fuzz", on: stack.brands[1])
        for each in [player, bystander] { try await credit(each, stack) }
        _ = await fuzz(stack, player, seed: settings.seed &+ 1, count: 500)
        let before = residentKilobytes(stack)
        let balanceBefore = try await balance(of: player, stack)
        let began = ContinuousClock.now
        let report = await fuzz(stack, player, seed: settings.seed, count: Self.requests)
        let grown = residentKilobytes(stack) - before
        let verdict = verdict(report, settings, ContinuousClock.now - began, grown)
        print(verdict)
        #expect(report.findings.isEmpty, "\(verdict)")
        #expect(report.count == Self.requests)
        #expect(grown < Self.growthMaxKilobytes, "\(verdict)")
        #expect(try await balance(of: player, stack) == balanceBefore - report.taken)
        #expect(try await balance(of: bystander, stack) == Self.balance)
        #expect(try await stack.psql("SELECT count(*) FROM wallet.v_bucket_difference") == "0")
        #expect(try await stack.client.send("GET", "/ready", at: stack.url(.gateway)).status == 200)
        stack.program.signal(SIGTERM)
        #expect(await stack.program.status() == 0)
      }
    }

    private func credit(_ player: StackPlayer, _ stack: RunningStack) async throws {
      let reply = try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):credit",
        body: WalletDepositBody(player: player.id, amount: Self.balance, currency: player.brand.currency),
        headers: stack.headers(of: .admin, player.brand))
      #expect(reply.status == 201)
    }

    private func balance(of player: StackPlayer, _ stack: RunningStack) async throws -> Int64 {
      let text = try await stack.psql(
        "SELECT sum(balance) FROM wallet.wallet_balance WHERE brand_id = \(player.brand.id) AND player_id = \(player.id)")
      return Int64(text) ?? -1
    }

    /// Raw sockets block, so each worker has a thread that isn't one of Swift's own.
    private func fuzz(_ stack: RunningStack, _ player: StackPlayer, seed: UInt64, count: Int) async -> FuzzReport {
      let (port, other) = (stack.port, stack.brands[1])
      return await withTaskGroup(of: FuzzReport.self) { group in
        for number in 0..<Self.workers {
          group.addTask {
            await withCheckedContinuation { continuation in
              Thread.detachNewThread {
                var worker = FuzzWorker(
                  port: port, requests: count / Self.workers,
                  damage: RequestDamage(player: player, other: other, seed: seed, worker: number))
                continuation.resume(returning: worker.run())
              }
            }
          }
        }
        return await group.reduce(into: FuzzReport()) { $0.add($1) }
      }
    }

    private func residentKilobytes(_ stack: RunningStack) -> Int {
      let status = (try? String(contentsOfFile: "/proc/\(stack.program.pid)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
      return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    }

    private func verdict(_ report: FuzzReport, _ settings: TortureSettings, _ time: Duration, _ grown: Int) -> String {
      """
      malformed requests: seed \(settings.seed), \(report.count) in \(time), \(report.closed) closed without an answer, \
      memory grew by \(grown) KiB, \(report.findings.count) findings
      \(report.answers.sorted { $0.value > $1.value }.map { "  \($0.value) × \($0.key)" }.joined(separator: "\n"))
      \(report.findings.map { "  " + $0 }.joined(separator: "\n"))
      replay: \(settings.replay("malformed"))
      """
    }
  }
}
