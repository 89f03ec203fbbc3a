internal import ArgumentParser
internal import Composition
internal import Evidence
internal import Kernel
internal import Platform

/// What a restored backup is compared with, and where it is restored to.
struct RestoreOptions: ParsableArguments {
  @Option(name: .customLong("keys"), help: "A file of keys that you trust, as `cordon keys signing show` prints them.")
  var trustedKeys: String?

  @Option(help: "A checkpoint or receipt that was given to somebody; more than once for more.")
  var published: [String] = []

  @Flag(help: "Bring an older schema to this program's before it is checked. Without it an older backup is refused.")
  var migrate = false

  @Option(help: "The folder of the migration files, for --migrate.")
  var migrations = "db/migrations"

  @Option(help: "Where the restored copy lies meanwhile; it takes as much room as the database. A folder in /tmp without it.")
  var workDir: String?

  /// - Parameter live: where the live ledgers end; nothing where nobody asked.
  func request(
    _ folder: BackupFolder, _ source: BackupSourceOptions, live: [BrandID: LiveEnd]
  ) throws -> BackupVerification.Request {
    let configuration = try source.configuration.load()
    let keyFile = source.key ?? configuration.text(Settings.signingKeyFile)
    let state = configuration.text(Settings.signingStateDirectory) ?? keyFile.map { SigningKeyFile(path: $0).directory }
    return BackupVerification.Request(
      folder: folder, history: try source.history(), trusted: try trusted(),
      published: try PublishedCheckpoints(directory: state, files: published), live: live, migrations: migrate ? migrations : nil,
      workDirectory: workDir)
  }

  private func trusted() throws -> [VerifierKey] {
    guard let trustedKeys else { return [] }
    guard let text = TextInput.read(trustedKeys) else { throw CommandFailure(.notFound, "\(trustedKeys) can't be read") }
    do throws(NoteFault) {
      var keys: [VerifierKey] = []
      for line in text.split(separator: "\n") where !line.hasPrefix("#") { keys.append(try VerifierKey(text: String(line))) }
      return keys
    } catch {
      throw CommandFailure(.usage, "\(trustedKeys): \(error)")
    }
  }
}
