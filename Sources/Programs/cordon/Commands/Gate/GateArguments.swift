internal import ArgumentParser
internal import Composition
internal import Platform
internal import SQLAudit

/// Where the gate finds what isn't in the database, Redis or a service.
struct GateArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Where the signed evidence lies.", valueName: "folder"))
  var records = ".cordon/gate"

  @Option(help: ArgumentHelp("The checkout that the services were built from.", valueName: "folder"))
  var root = "."

  @Option(help: ArgumentHelp("The deployed alert rules; without it those of the checkout.", valueName: "file"))
  var rules: String?

  @Option(help: ArgumentHelp("A log of the services, lines of JSON; may be repeated.", valueName: "file"))
  var logs: [String] = []

  func results(_ configuration: ConfigurationOptions, _ operations: FlipOperations, beforeFlip: Bool) async throws -> [GateResult] {
    let settings = try configuration.load()
    return try await DatabaseSession.with(configuration) { database in
      try await RedisSession.with(configuration) { redis in
        let scene = await GateScene(
          database: database, redis: redis, configuration: settings, operations: operations,
          files: GateFiles(records: records, rules: rules ?? root + "/ops/prometheus/cordon.rules.yml", logs: logs), build: .current,
          auditSources: { [root] in try Self.faults(root) })
        return await ReleaseGate.run(scene, beforeFlip: beforeFlip)
      }
    }
  }

  private static func faults(_ root: String) throws -> [String] {
    let audit = try SourceAudit.run(root: root)
    return AuditScope.allCases.flatMap { audit.report($0).faults.map { AuditReport.line($0) } }
  }
}
