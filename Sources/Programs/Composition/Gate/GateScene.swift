internal import Kernel
package import Platform
package import Postgres
package import Redis

/// Everything that the gate looks at, read once where it is asked for by several items.
package struct GateScene: Sendable {
  let database: Database
  let redis: RedisClient
  let configuration: EffectiveConfiguration
  let client = StackClient()
  let instances: [ServiceInstance]
  let states: [ServiceInstance: ServiceState]
  let files: GateFiles
  let records: GateRecords
  let build: BuildInformation
  /// Says what of the sources no brand holds.
  let auditSources: @Sendable () throws -> [String]

  /// - Parameter auditSources: the classifier, which lives in the program.
  package init(
    database: Database, redis: RedisClient, configuration: EffectiveConfiguration, operations: FlipOperations, files: GateFiles,
    build: BuildInformation, auditSources: @escaping @Sendable () throws -> [String]
  ) async {
    self.database = database
    self.redis = redis
    self.configuration = configuration
    self.instances = operations.instances
    self.states = await operations.states()
    self.files = files
    self.records = GateRecords(folder: files.records, database: database)
    self.build = build
    self.auditSources = auditSources
  }

  var contract: SoakContract { SoakContract(accessMinutes: configuration.integer(Settings.jwtMinutes) ?? 60, requestsMin: 0) }

  func enabledBrands() async throws -> [Brand] {
    try await BrandCatalog(database: database).all().filter { $0.status == .enabled }
  }

  /// The states of a role's instances; an instance that doesn't answer is a fault.
  func answers(of role: ServiceRole) -> (states: [ServiceState], faults: [String]) {
    let own = instances.filter { $0.role == role }
    return (own.compactMap { states[$0] }, own.filter { states[$0] == nil }.map { "\(role.rawValue) does not answer at \($0.url)" })
  }

  /// Where a role is asked, when it doesn't matter which instance answers.
  func url(of role: ServiceRole) -> String { instances.first { $0.role == role }?.url ?? "" }
}
