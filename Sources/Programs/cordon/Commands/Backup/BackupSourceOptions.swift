internal import ArgumentParser
internal import Composition
internal import Evidence
internal import Kernel
internal import Logging
internal import Platform
internal import Postgres

/// Where a backup comes from.
struct BackupSourceOptions: ParsableArguments {
  @OptionGroup var configuration: ConfigurationOptions

  @Option(help: "The file of the key that signs the logs; SIGNING_KEY_FILE without it. Only its history is read.")
  var key: String?

  /// Nil where no key is configured: then nothing is signed here.
  func history() throws -> KeyHistory? {
    let path = try key ?? configuration.load().text(Settings.signingKeyFile)
    return try path.map { try SigningKeyFile(path: $0).history() }
  }

  /// Makes a backup, and says on standard error how far it is.
  func create(in directory: String, label: String?, by act: OperatorAct) async throws -> (folder: BackupFolder, manifest: BackupManifest) {
    let url = try ConfigurationOptions.require(
      Settings.backupDatabaseURL, Settings.migrateDatabaseURL, in: try configuration.load())
    let source = try DatabaseConfiguration(url: url)
    let history = try history()
    return try await DatabaseSession.writing(configuration) { database in
      try await BackupCreation(
        database: database, source: source, history: history, build: .current, logger: Logger(label: "cordon.backup")
      ).run(in: directory, label: label, by: act) { Terminal.message($0) }
    }
  }
}
