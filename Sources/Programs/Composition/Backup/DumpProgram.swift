internal import Foundation
internal import Postgres
internal import PrivateServers

/// PostgreSQL's own programs, which write and read dumps.
enum DumpProgram {
  /// Rather none than one that waits behind a migration.
  private static let lockWait = "60s"
  private static let pause: Duration = .seconds(2)
  /// 128 + SIGXFSZ.
  private static let fileTooLarge: Int32 = 153

  /// Dumps what the snapshot sees.
  static func dump(
    _ source: DatabaseConfiguration, snapshot: String, to path: String, progress: @escaping @Sendable (String) -> Void
  ) async throws {
    let command = [
      try ServerLocator.postgresClient("pg_dump"), "--format=custom", "--no-password", "--snapshot=\(snapshot)",
      "--lock-wait-timeout=\(lockWait)", "--file=\(path)",
    ]
    let ending = try await telling(progress, of: path) { try await GuardedProgram.run(command, environment: source.programEnvironment) }
    try Task.checkCancellation()
    guard ending.code == 0 else { throw failure("pg_dump", ending, path) }
  }

  /// Fills an empty database, and stops at the first error.
  static func restore(_ path: String, into target: DatabaseConfiguration, database: String) async throws {
    let jobs = max(1, min(4, ProcessInfo.processInfo.activeProcessorCount))
    let command = [
      try ServerLocator.postgresClient("pg_restore"), "--exit-on-error", "--no-password", "--jobs=\(jobs)", "--dbname=\(database)", path,
    ]
    let ending = try await GuardedProgram.run(command, environment: target.programEnvironment)
    try Task.checkCancellation()
    guard ending.code == 0 else { throw failure("pg_restore", ending, path) }
  }

  private static func failure(_ program: String, _ ending: GuardedProgram.Ending, _ path: String) -> BackupFault {
    let why =
      ending.code == fileTooLarge
      ? "a file of this process may not grow any further (ulimit -f)" : "it ended with \(ending.code)\n\(ending.messages)"
    return BackupFault(.failed, "\(program) failed at \(path): \(why)")
  }

  /// Says how large the file is while the work lasts.
  private static func telling<Value: Sendable>(
    _ progress: @escaping @Sendable (String) -> Void, of path: String, _ work: () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while (try? await Task.sleep(for: pause)) != nil { progress("\((BackupFile.size(of: path) ?? 0) >> 20) MiB written") }
      }
      defer { group.cancelAll() }
      return try await work()
    }
  }
}
