import Kernel
import Logging
import Platform
import Postgres
import TestSupport

@testable import Wallet

/// A wallet's process, as far as the database can tell: a pool of connections and the batchers on it.
struct SimulatedProcess: Sendable {
  let commands: WalletCommands
  private let database: Database
  private let name: String

  init(_ test: TestDatabase, number: Int) throws {
    name = "process-\(number)"
    var configuration = try DatabaseConfiguration(url: test.url, poolSizeMax: 4)
    configuration.applicationName = name
    // A slow machine must not turn answers into refusals.
    configuration.defaultDeadline = .seconds(60)
    database = Database(configuration, logger: Logger(label: name) { _ in SwiftLogNoOpLogHandler() })
    commands = WalletCommands(database: database, enforcement: .enforce, metrics: WalletMetrics(.init()), clock: .system)
  }

  /// Its transactions end wherever they are, as they do when a process is killed.
  func cut(_ test: TestDatabase) async throws {
    try await test.psql(
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '\(name)'")
  }

  func close() async { await database.close() }
}
