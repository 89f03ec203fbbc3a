import Composition
import Foundation
import Kernel
import Synchronization
import TestSupport

/// A `wallet_service` of a stack in a process of its own, beside the one of `cordon up`: it can be killed and comes back on the same port.
final class WalletProcess: Sendable {
  let url: String
  private let stack: RunningStack
  private let port: Int
  private let run: Mutex<ProgramRun>

  init(stack: RunningStack, port: Int) throws {
    self.stack = stack
    self.port = port
    url = "http://127.0.0.1:\(port)"
    run = Mutex(try Self.start(stack, port))
  }

  private static func start(_ stack: RunningStack, _ port: Int) throws -> ProgramRun {
    try CordonProgram(
      environment: [
        "CORDON_ENV": "local", "CORDON_WALLET_SERVICE_PORT": "\(port)", "CORDON_ACCESS_LOG": "off", "CORDON_DRAIN_SECONDS": "0",
      ]
    ).start("serve", "wallet_service", "--config", stack.configurationFile)
  }

  /// SIGKILL; ``startAgain()`` brings it back.
  func kill() async {
    let current = run.withLock { $0 }
    current.signal(SIGKILL)
    _ = await current.status()
  }

  func startAgain() throws {
    let next = try Self.start(stack, port)
    run.withLock { $0 = next }
  }

  /// Waits until it serves; one that refused to start, because the database was away, is started again as a supervisor would.
  func serves(within limit: Duration = .seconds(60)) async throws {
    try await eventually("the wallet process is ready", within: limit, every: .milliseconds(50)) {
      if self.run.withLock({ $0.hasEnded }) { try self.startAgain() }
      return (try? await self.stack.client.send("GET", "/ready", at: self.url).status) == 200
    }
  }

  var messages: String { run.withLock { $0.messages } }
}
