internal import Foundation
internal import Glibc
internal import PrivateServers

/// `--apply`: the operator's own command that deploys what a step needs.
struct ApplyHook {
  private static let pollPause: Duration = .milliseconds(50)

  let command: String

  /// Waits for the shell's end, not for that of the services that it leaves running behind it. It is ended, with what it started, when it takes
  /// longer than `limit`.
  ///
  /// - Parameters:
  ///   - variables: what the command is told. No names of ours: a service that is started with them inherited would refuse settings that it
  ///     does not know.
  ///   - subject: what it is deployed for; stands in messages, as `consequence` does.
  func run(_ variables: [String: String], for subject: String, within limit: Duration, consequence: String) async throws {
    let environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    let process = try ChildProcess(["/bin/sh", "-c", command], output: STDERR_FILENO, environment: environment)
    let end = ContinuousClock.now + limit
    while !process.hasExited {
      guard ContinuousClock.now < end else {
        // Its own session, and so its own group.
        kill(-process.pid, SIGKILL)
        throw CommandFailure(.temporary, "--apply did not end in time for \(subject); \(consequence)")
      }
      try await Task.sleep(for: Self.pollPause)
    }
    let status = await process.exitCode()
    guard status == 0 else {
      throw CommandFailure(.failure, "--apply failed for \(subject) with status \(status); \(consequence)")
    }
  }
}
