import Composition
import Foundation
import Kernel
import Synchronization
import TestSupport

/// A role of a stack in a process of its own, beside the one of `cordon up`: it can be killed and comes back on the same port.
final class RoleProcess: Sendable {
  let url: String
  private let role: ServiceRole
  private let stack: RunningStack
  private let program: CordonProgram
  private let configurationFile: String
  private let run: Mutex<ProgramRun>

  /// - Parameters:
  ///   - settings: what it has that the stack's own role hasn't.
  ///   - removed: what it must do without.
  init(_ role: ServiceRole, stack: RunningStack, port: Int, settings: [String: String] = [:], without removed: Set<String> = []) throws {
    self.role = role
    self.stack = stack
    url = "http://127.0.0.1:\(port)"
    let environment = [
      "CORDON_ENV": "local", "CORDON_\(role.rawValue.uppercased())_PORT": "\(port)", "CORDON_ACCESS_LOG": "off",
      "CORDON_DRAIN_SECONDS": "0",
    ]
    program = CordonProgram(environment: environment.merging(settings) { $1 })
    configurationFile = try Self.configuration(of: stack, port, without: removed)
    run = Mutex(try program.start("serve", role.rawValue, "--config", configurationFile))
  }

  /// A role for as long as `body` runs, from when it serves.
  static func serving(
    _ role: ServiceRole, _ stack: RunningStack, settings: [String: String] = [:], without removed: Set<String> = [],
    _ body: (RoleProcess) async throws -> Void
  ) async throws {
    let process = try RoleProcess(role, stack: stack, port: try FreePort.next(), settings: settings, without: removed)
    do {
      try await process.serves()
      try await body(process)
      await process.kill()
    } catch {
      await process.kill()
      throw error
    }
  }

  private static func configuration(of stack: RunningStack, _ port: Int, without removed: Set<String>) throws -> String {
    guard !removed.isEmpty else { return stack.configurationFile }
    let lines = try String(contentsOfFile: stack.configurationFile, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let kept = lines.filter { line in !removed.contains { line.hasPrefix($0 + "=") } }
    let file = "\(stack.configurationFile).\(port)"
    try kept.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    return file
  }

  /// SIGKILL; ``startAgain()`` brings it back.
  func kill() async {
    let current = run.withLock { $0 }
    current.signal(SIGKILL)
    _ = await current.status()
  }

  func startAgain() throws {
    let next = try program.start("serve", role.rawValue, "--config", configurationFile)
    run.withLock { $0 = next }
  }

  /// Waits until it serves; one that refused to start, because the database was away, is started again as a supervisor would.
  func serves(within limit: Duration = .seconds(60)) async throws {
    try await eventually("the process of \(role.rawValue) is ready", within: limit, every: .milliseconds(50)) {
      if self.run.withLock({ $0.hasEnded }) { try self.startAgain() }
      return (try? await self.stack.client.send("GET", "/ready", at: self.url).status) == 200
    }
  }

  /// Waits until it ends by itself; one that goes on is killed. - Returns: its exit status.
  func ended() async throws -> Int32 {
    let current = run.withLock { $0 }
    do {
      try await eventually("the process of \(role.rawValue) ends", within: .seconds(60)) { current.hasEnded }
    } catch {
      await kill()
      throw error
    }
    return await current.status()
  }

  var messages: String { run.withLock { $0.messages } }
}
