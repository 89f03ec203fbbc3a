import Composition
import Contracts
import Crypto
import Foundation
import Kernel
import Postgres
import PrivateServers
import TestSupport

/// A running stack with signed ledgers, and a directory for its backups.
struct BackupBench {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  typealias Run = (status: Int32, output: String, messages: String)

  let stack: RunningStack
  let folder: String
  let player: StackPlayer

  var directory: String { folder + "/backups" }
  var brand: StackBrand { stack.brands[0] }
  var keyFile: String { stack.settings["SIGNING_KEY_FILE"] ?? "" }

  static func run(_ body: (BackupBench) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/cordon-backup-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await RunningStack.run { stack in
      let role = "cordon_backup"
      try await stack.psql("ALTER ROLE \(role) PASSWORD '\(try stack.postgres.password(of: role))'")
      let player = try await stack.player("saver", on: stack.brands[0])
      let bench = BackupBench(stack: stack, folder: folder, player: player)
      for _ in 0..<3 { try await bench.deposit() }
      try await bench.signed()
      try await body(bench)
    }
  }

  // MARK: Money

  func deposit() async throws {
    let reply = try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(brand.code):backup:\(UUID().uuidString)",
      body: WalletDepositBody(player: player.id, amount: 700, currency: brand.currency), headers: stack.headers(of: .admin, brand))
    guard reply.status == 201 else { throw Failure(description: reply.text) }
  }

  /// Waits until every entry is signed.
  func signed() async throws {
    try await eventually("every entry is signed") {
      try await stack.psql(
        """
        SELECT (SELECT max(seq) FROM wallet.wallet_ledger WHERE brand_id = \(brand.id))
          = (SELECT max(tree_size) FROM evidence.log_checkpoint WHERE brand_id = \(brand.id))
        """) == "t"
    }
  }

  // MARK: Commands

  /// The environment of a command about one of the server's databases.
  func program(on database: String = RunningStack.database) throws -> CordonProgram {
    CordonProgram(environment: [
      "CORDON_ENV": "local", "CORDON_CONFIG_FILE": stack.configurationFile,
      "DATABASE_URL": try stack.postgres.url(role: "cordon_app", database: database),
      "BACKUP_DATABASE_URL": try stack.postgres.url(role: "cordon_backup", database: database),
    ])
  }

  /// - Returns: the backup's folder.
  func create(of database: String = RunningStack.database, label: String) async throws -> String {
    let run = try await program(on: database).run(
      "backup", "create", "--dir", directory, "--label", label, "--operator-id", "ops:saver", "--reason", "a test", "--json")
    guard run.status == 0 else { throw Failure(description: run.messages) }
    return try BackupAnswer.read(Created.self, run.output).backup
  }

  private struct Created: Decodable {
    let backup: String
  }

  func verify(_ backup: String, _ options: String...) async throws -> (run: Run, answer: BackupAnswer) {
    let run = try await program().run(["backup", "verify", backup, "--json"] + options)
    guard let answer = try? BackupAnswer.read(BackupAnswer.self, run.output) else { throw Failure(description: run.messages) }
    return (run, answer)
  }

  func restore(_ backup: String, to database: String, _ options: String...) async throws -> Run {
    var program = try program()
    program.environment["MIGRATE_DATABASE_URL"] = try stack.postgres.superuserURL(database: "postgres")
    return try await program.run(
      ["backup", "restore", backup, "--database", database, "--operator-id", "ops:saver", "--reason", "a test"] + options)
  }

  /// Makes a backup while no file may grow beyond so many blocks.
  func createLimited(fileBlocks: Int) async throws -> GuardedProgram.Ending {
    try await GuardedProgram.run(
      [
        "/bin/sh", "-c", "ulimit -f \(fileBlocks); exec \"$@\"", "sh", CordonProgram.path, "backup", "create", "--dir", directory,
        "--operator-id", "ops:saver", "--reason", "a test",
      ], environment: try program().environment)
  }

  // MARK: Databases

  /// Restores a dump with PostgreSQL's own program into a new database of the stack's server, and does something to it.
  func copy(_ backup: String, to database: String, then sql: String = "SELECT 1") async throws {
    try await stack.psql("CREATE DATABASE \(database)")
    let url = try stack.postgres.superuserURL(database: database)
    let ending = try await GuardedProgram.run(
      [
        try ServerLocator.postgresClient("pg_restore"), "--exit-on-error", "--no-password", "--dbname=\(database)", backup + "/cordon.dump",
      ], environment: try DatabaseConfiguration(url: url).programEnvironment)
    guard ending.code == 0 else { throw Failure(description: ending.messages) }
    try await psql(sql, on: database)
  }

  @discardableResult
  func psql(_ sql: String, on database: String) async throws -> String {
    try await Psql.run(sql, at: try stack.postgres.superuserURL(database: database))
  }

  /// SHA-256 over an export of the ledger that `psql` makes.
  func ledgerExport(of database: String) async throws -> String {
    let rows = try await psql("SELECT l::text FROM wallet.wallet_ledger AS l ORDER BY brand_id, seq", on: database)
    return Self.sha256(of: Data((rows + "\n").utf8))
  }

  static func sha256(of bytes: Data) -> String { Hexadecimal.encode(SHA256.hash(data: bytes)) }

  // MARK: Evidence

  /// The public keys of a key file, in a file of their own.
  func trustedKeys(of key: String) async throws -> String {
    let shown = try await program().run("keys", "signing", "show", "--key", key)
    let path = folder + "/\(UUID().uuidString).keys"
    try shown.output.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// The receipt of an entry, in a file.
  func receipt(of entry: Int) async throws -> String {
    let reply = try await stack.client.send(
      "GET", "/internal/wallet/log/receipts/\(entry)", at: stack.url(.walletService), headers: stack.headers(of: .admin, brand))
    let path = folder + "/entry-\(entry).tlog-proof"
    try Data(reply.body).write(to: URL(filePath: path))
    return path
  }

  /// What the verifier says that knows nothing but these files.
  func verifyOffline(_ file: String, keys: String) async throws -> Int32 {
    try await GuardedProgram.run([CordonProgram.path + "-verify", file, "--keys", keys], environment: [:]).code
  }
}
