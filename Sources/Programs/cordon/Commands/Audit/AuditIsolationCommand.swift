internal import ArgumentParser
internal import Composition
internal import Evidence
internal import Kernel
internal import Logging
internal import Platform
internal import SQLAudit

/// `cordon audit isolation`.
struct AuditIsolationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isolation", abstract: "Ask a running stack, as each of its two brands, for everything that the other has.",
    discussion: """
      Every operation of every role's OpenAPI document, in every place that can name something. Another brand's thing must be answered as one that \
      never was, and must stay as it is. For the stack of `cordon up` add --config .cordon/cordon.env. It registers players in default and brand2 and \
      moves money there. Exit status 3 with a finding.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("Also write the table and a signed certificate of each brand there.", valueName: "folder"))
  var certificateDir: String?

  @Option(help: ArgumentHelp("A checkout, whose SQL is audited for the certificate.", valueName: "folder"))
  var root: String?

  func run() async throws {
    let settings = try configuration.load()
    let database = try ConfigurationOptions.require(Settings.databaseURL, in: settings)
    let redis = try ConfigurationOptions.require(Settings.redisURL, in: settings)
    var certificates: IsolationCertificates?
    if certificateDir != nil {
      let key = SigningKeyFile(path: try ConfigurationOptions.require(Settings.signingKeyFile, in: settings))
      try await DatabaseSession.with(configuration) { database in
        try await SigningPermission.require(try key.load(), at: WallClock.system.now(), database)
      }
      certificates = IsolationCertificates(
        key: key, program: BuildInformation.current.version, commit: BuildInformation.current.commit)
    }
    let program = IsolationProgram(
      options: (configuration.file.map { ["--config", $0] } ?? []) + configuration.settings.flatMap { ["--set", $0] })
    let report = try await IsolationRun(configuration: settings, program: program, logger: Logger(label: "cordon")).audit(
      databaseURL: database, redisURL: redis
    ) { Terminal.message($0) }
    let sources = try sourceVerdict()
    if let certificates, let certificateDir {
      let paths = try certificates.write(report, sources: sources, to: certificateDir, at: WallClock.system.now())
      for path in paths { Terminal.message("wrote \(path)") }
    }
    output.print(json: IsolationText.json(report), text: IsolationText.text(report))
    guard report.isIsolated, sources != .failed else {
      throw CommandFailure(.verificationFailed, "\(report.findings.count) findings; the sources: \(sources.rawValue)")
    }
  }

  private func sourceVerdict() throws -> IsolationCertificate.SourceVerdict {
    guard let root else { return .notRun }
    let audit = try SourceAudit.run(root: root)
    return AuditScope.allCases.allSatisfy { audit.report($0).faults.isEmpty } ? .clean : .failed
  }
}
