import AsyncHTTPClient
import Composition
import Contracts
import Foundation
import Kernel
import Logging
import NIOCore
import Redis
import TestSupport

/// A real `cordon up` in a process of its own, on a PostgreSQL and a Redis that the test owns, so that it can kill what stands beneath.
final class RunningStack: Sendable {
  static let roles: [ServiceRole] = [.gateway, .playerService, .walletService, .walletWorker, .gameService, .adminService]
  static let database = "cordon"
  private static let password = "correct horse battery staple"

  let postgres: TestPostgresServer
  let redis: TestRedisServer
  let program: ProgramRun
  let brands: [StackBrand]
  let client: StackClient
  /// Secrets and settings, as `cordon up` wrote them.
  let settings: [String: String]
  private let urls: [String: String]
  private let directory: String
  private let http: HTTPClient

  private struct Event: Decodable {
    let event: String
    let roles: [String: String]?
  }

  private init(
    postgres: TestPostgresServer, redis: TestRedisServer, program: ProgramRun, brands: [StackBrand], settings: [String: String],
    urls: [String: String], directory: String, http: HTTPClient
  ) {
    self.postgres = postgres
    self.redis = redis
    self.program = program
    self.brands = brands
    self.settings = settings
    self.urls = urls
    self.directory = directory
    self.http = http
    client = StackClient(http: http)
  }

  /// Runs a stack with both brands for as long as `body` does, and removes everything afterwards.
  static func run<Value>(durable: Bool = false, settings: [String: String] = [:], _ body: (RunningStack) async throws -> Value) async throws
    -> Value
  {
    let stack = try await start(durable: durable, settings: settings)
    do {
      let value = try await body(stack)
      await stack.end()
      return value
    } catch {
      await stack.end()
      throw error
    }
  }

  private static func start(durable: Bool, settings: [String: String]) async throws -> RunningStack {
    let directory = "/tmp/cordon-stack-\(UUID().uuidString.prefix(8))"
    let redis = try await TestRedisServer.start(durable: durable)
    let postgres = try await TestPostgresServer.start(durable: durable)
    do {
      var environment = try await prepare(postgres, redis)
      environment.merge(settings) { $1 }
      let program = try CordonProgram(environment: environment).start("up", "--json", "--directory", directory)
      let urls = try await ready(program)
      let file = directory + "/cordon.env"
      _ = try await CordonProgram(environment: ["CORDON_ENV": "local"]).run("brand", "seed-two", "--config", file)
      let brands = try await seededBrands(postgres)
      return RunningStack(
        postgres: postgres, redis: redis, program: program, brands: brands, settings: try read(file), urls: urls, directory: directory,
        http: HTTPClient(configuration: clientConfiguration))
    } catch {
      await postgres.stop()
      await redis.stop()
      throw error
    }
  }

  /// A stopped or hanging stack must not hold a test longer than this.
  private static var clientConfiguration: HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 200
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.timeout.connect = .seconds(2)
    return configuration
  }

  private static func prepare(_ postgres: TestPostgresServer, _ redis: TestRedisServer) async throws -> [String: String] {
    let role = "cordon_app"
    let superuser = try postgres.superuserURL()
    try await Psql.run("CREATE ROLE \(role) LOGIN PASSWORD '\(try postgres.password(of: role))'", at: superuser)
    try await Psql.run("CREATE DATABASE \(database)", at: superuser)
    var environment = [
      "CORDON_ENV": "local", "DATABASE_URL": try postgres.url(role: role, database: database),
      "MIGRATE_DATABASE_URL": try postgres.superuserURL(database: database), "REDIS_URL": redis.url,
      "CORDON_RATE_LIMIT_PER_MINUTE": "10000000", "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE": "10000000", "CORDON_ACCESS_LOG": "off",
    ]
    for role in roles { environment["CORDON_\(role.rawValue.uppercased())_PORT"] = "\(try FreePort.next())" }
    return environment
  }

  private static func ready(_ program: ProgramRun) async throws -> [String: String] {
    try await eventually("cordon up is ready", within: .seconds(120), every: .milliseconds(50)) {
      program.output.split(separator: "\n").lazy.compactMap { try? JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
        .first { $0.event == "ready" }?.roles
    }
  }

  private static func seededBrands(_ postgres: TestPostgresServer) async throws -> [StackBrand] {
    let rows = try await Psql.run(
      "SELECT brand_id, brand_code, default_currency FROM cordon.brand WHERE brand_code IN ('default', 'brand2') ORDER BY brand_id",
      at: try postgres.superuserURL(database: database))
    return rows.split(separator: "\n").compactMap { row in
      let parts = row.split(separator: "|").map(String.init)
      return parts.count == 3 ? Int64(parts[0]).map { StackBrand(id: $0, code: parts[1], currency: parts[2]) } : nil
    }
  }

  private static func read(_ file: String) throws -> [String: String] {
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    return lines.reduce(into: [:]) { settings, line in
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      // Values stand in single quotes; those over several lines aren't asked for here.
      if parts.count == 2 { settings[String(parts[0])] = parts[1].trimmingCharacters(in: ["'"]) }
    }
  }

  private func end() async {
    program.signal(SIGKILL)
    _ = await program.status()
    try? await http.shutdown()
    await postgres.stop()
    await redis.stop()
    try? FileManager.default.removeItem(atPath: directory)
  }

  // MARK: Reaching it

  func url(_ role: ServiceRole) -> String { urls[role.rawValue] ?? "" }

  var port: Int { url(.gateway).split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// A file that lets other commands of the program speak to this stack.
  var configurationFile: String { directory + "/cordon.env" }

  /// The roles' log.
  var log: String { (try? String(contentsOfFile: directory + "/cordon.log", encoding: .utf8)) ?? "" }

  /// SQL as the superuser, past row-level security.
  @discardableResult
  func psql(_ sql: String) async throws -> String { try await Psql.run(sql, at: try postgres.superuserURL(database: Self.database)) }

  @discardableResult
  func redis(_ command: String...) async throws -> RedisValue {
    let client = RedisClient(try RedisConfiguration(url: redis.url), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await client.run() }
      defer { group.cancelAll() }
      let value = try await client.send(command.map { RedisArgument($0) })
      await client.close()
      return value
    }
  }

  /// The headers of a call by another role.
  func headers(of caller: CallerLabel, _ brand: StackBrand) -> [String: String] {
    [
      HeaderNames.callerService: caller.rawValue, HeaderNames.brandID: String(brand.id),
      HeaderNames.internalServiceToken: settings["INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)"] ?? "",
    ]
  }

  /// Registers and logs in through the gateway.
  func player(_ account: String, on brand: StackBrand) async throws -> StackPlayer {
    _ = try await client.send(
      "POST", "/v1/players", at: url(.gateway), host: brand.host, body: RegistrationBody(account: account, password: Self.password))
    return try await session(account, on: brand)
  }

  /// Logs in through the gateway.
  func session(_ account: String, on brand: StackBrand) async throws -> StackPlayer {
    let reply = try await client.send(
      "POST", "/v1/sessions", at: url(.gateway), host: brand.host, body: CredentialsBody(account: account, password: Self.password))
    guard reply.status < 300 else { throw StackRefusal(summary: reply.summary) }
    let session = try reply.decode(TokenPairBody.self)
    return StackPlayer(brand: brand, id: session.playerID, token: session.accessToken)
  }
}
