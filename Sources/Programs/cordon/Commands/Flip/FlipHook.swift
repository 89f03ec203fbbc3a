internal import Foundation
internal import Glibc
internal import Kernel
internal import PrivateServers

/// The operator's own command that gives a service its mode and restarts it.
struct FlipHook {
  private static let pollPause: Duration = .milliseconds(50)

  let command: String

  /// Waits for the shell's end, not for that of the services that it leaves running behind it. It is ended, with what it started, when it takes
  /// longer than `limit`.
  func run(_ role: ServiceRole, _ mode: EnforcementMode, within limit: Duration) async throws {
    let process = try ChildProcess(["/bin/sh", "-c", command], output: STDERR_FILENO, environment: Self.environment(role, mode))
    let end = ContinuousClock.now + limit
    while !process.hasExited {
      guard ContinuousClock.now < end else {
        // Its own session, and so its own group.
        kill(-process.pid, SIGKILL)
        throw CommandFailure(.temporary, "--apply did not end in time for \(role.rawValue); the services behind it were left alone")
      }
      try await Task.sleep(for: Self.pollPause)
    }
    let status = await process.exitCode()
    guard status == 0 else {
      throw CommandFailure(.failure, "--apply failed for \(role.rawValue) with status \(status); the services behind it were left alone")
    }
  }

  /// No names of ours: a service that is started with them inherited would refuse settings that it does not know.
  private static func environment(_ role: ServiceRole, _ mode: EnforcementMode) -> [String: String] {
    ProcessInfo.processInfo.environment.merging(["FLIP_SERVICE": role.rawValue, "FLIP_MODE": mode.rawValue]) { $1 }
  }
}
