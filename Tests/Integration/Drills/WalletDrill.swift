import Foundation
import Kernel
import Synchronization
import TestSupport

/// A wallet under load that is replaced by one with other settings again and again, as a rolling restart does it.
final class WalletDrill: Sendable {
  let stack: RunningStack
  let load: DrillLoad
  private let current = Mutex<RoleProcess?>(nil)

  private init(_ stack: RunningStack, _ load: DrillLoad) {
    self.stack = stack
    self.load = load
  }

  /// - Parameter settings: of the first wallet.
  static func run(
    on stack: RunningStack, identities: [CallerLabel: DrillLoad.Identity], settings: [String: String], without removed: Set<String> = [],
    _ body: (WalletDrill) async throws -> Void
  ) async throws {
    let load = DrillLoad(stack, player: try await stack.player("drilled", on: stack.brands[0]), identities: identities)
    let drill = WalletDrill(stack, load)
    do {
      let first = try await drill.start(settings, without: removed)
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        load.aim(at: first)
        for caller in DrillLoad.callers { group.addTask { await load.run(as: caller) } }
        try await load.goesOn()
        try await body(drill)
      }
      await drill.end()
    } catch {
      await drill.end()
      throw error
    }
  }

  /// Where the wallet that serves now is.
  var wallet: String { current.withLock { $0?.url ?? "" } }

  /// The next wallet is ready before the clients turn to it, and the one before ends when nothing of theirs is under way there.
  func replace(_ settings: [String: String], without removed: Set<String> = []) async throws {
    let old = current.withLock { $0 }
    do {
      let next = try await start(settings, without: removed)
      try await load.change(wallet: next)
      await old?.kill()
    } catch {
      await old?.kill()
      throw error
    }
  }

  private func start(_ settings: [String: String], without removed: Set<String>) async throws -> String {
    let process = try RoleProcess(.walletService, stack: stack, port: try FreePort.next(), settings: settings, without: removed)
    current.withLock { $0 = process }
    try await process.serves()
    return process.url
  }

  private func end() async { await current.withLock { $0 }?.kill() }

  /// The sum over all series of a counter of the wallet that serves now, narrowed to one caller.
  func count(_ counter: String, of caller: CallerLabel? = nil) async throws -> Int {
    let series = try await MetricPage.at(wallet, stack).series(of: counter)
    let wanted = series.filter { line in caller.map { line.contains("\"\($0.rawValue)\"") } ?? true }
    return wanted.reduce(0) { $0 + Int($1.split(separator: " ").last.flatMap { Double($0) } ?? 0) }
  }
}
