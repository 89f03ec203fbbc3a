import Composition
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

/// A gateway and a player service in processes of their own beside a stack, whose keys stand in a file that a test replaces.
struct KeyRotationBench: Sendable {
  /// How the processes are told of their file.
  enum Source: String, CaseIterable, Sendable {
    case option = "--config"
    case environment = "CORDON_CONFIG_FILE"
  }

  let stack: RunningStack
  /// Of the two roles.
  let urls: [ServiceRole: String]
  let file: String
  private let ports: [ServiceRole: Int]

  init(_ stack: RunningStack) throws {
    self.stack = stack
    ports = [.gateway: try FreePort.next(), .playerService: try FreePort.next()]
    urls = ports.mapValues { "http://127.0.0.1:\($0)" }
    file = "\(stack.configurationFile).keys"
  }

  var address: String { urls[.gateway] ?? "" }

  // MARK: The processes

  func start(_ role: ServiceRole, _ source: Source = .option) throws -> ProgramRun {
    var environment = ["CORDON_ENV": "local", "CORDON_DRAIN_SECONDS": "0"]
    if source == .environment { environment[source.rawValue] = file }
    let program = CordonProgram(environment: environment)
    return source == .option
      ? try program.start("serve", role.rawValue, source.rawValue, file) : try program.start("serve", role.rawValue)
  }

  /// Whole at once, as a deployment replaces it: the stack's own settings with other addresses and keys.
  func configure(issuer: JWTPair, accepted: [JWTPair]) throws {
    let lines = DotenvFile.parse(try String(contentsOfFile: stack.configurationFile, encoding: .utf8)).lines
    var values = Dictionary(lines.map { ($0.name, $0.value) }) { $1 }
    for (role, port) in ports {
      values[Settings.port(of: role).name] = "\(port)"
      values[Settings.url(of: role).name] = "http://127.0.0.1:\(port)"
    }
    // A client that goes on throughout asks more often than a person.
    for limit in ["CORDON_RATE_LIMIT_PER_MINUTE", "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE"] { values[limit] = "10000000" }
    values["JWT_KID"] = issuer.id
    values["JWT_PRIVATE_KEY"] = issuer.privateKey
    let keys = Dictionary(uniqueKeysWithValues: accepted.map { ($0.id, $0.publicKey) })
    values["JWT_PUBLIC_KEYS"] = String(decoding: try JSONEncoder().encode(keys), as: UTF8.self)
    let text = values.sorted { $0.key < $1.key }.map { "\($0.key)='\($0.value)'\n" }.joined()
    try text.write(toFile: file, atomically: true, encoding: .utf8)
  }

  func announce() async throws { try await stack.redis("PUBLISH", "jwt_public_keys_changed", "1") }

  // MARK: What they say

  private func health(_ url: String) async throws -> HealthBody {
    try await stack.client.send("GET", "/health", at: url).decode(HealthBody.self)
  }

  func expectAccepted(_ pairs: [JWTPair], by roles: [ServiceRole] = [.gateway, .playerService]) async throws {
    let wanted = pairs.map(\.id).sorted()
    for role in roles {
      try await eventually("\(role) accepts \(wanted)") { (try? await health(urls[role] ?? ""))?.acceptedKeyIDs == wanted }
    }
  }

  func uptimes() async throws -> [ServiceRole: Int64] {
    var uptimes: [ServiceRole: Int64] = [:]
    for (role, url) in urls { uptimes[role] = try await health(url).uptimeSeconds }
    return uptimes
  }

  // MARK: Its players

  private static let password = "correct horse battery staple"

  /// Registers, and logs in.
  func join(_ account: String) async throws -> String {
    let body = ["account": account, "password": Self.password]
    let host = stack.brands[0].host
    try await eventually("the gateway reaches the player service") {
      try await stack.client.send("GET", "/v1/brand", at: address, host: host).status == 200
    }
    _ = try await stack.client.send("POST", "/v1/players", at: address, host: host, body: body)
    let reply = try await logIn(account)
    return try #require(reply.token, "\(reply.status)")
  }

  /// - Returns: the status, 0 without an answer, and with 201 the access token.
  func logIn(_ account: String) async throws -> (status: Int, token: String?) {
    let body = ["account": account, "password": Self.password]
    guard let reply = try? await stack.client.send("POST", "/v1/sessions", at: address, host: stack.brands[0].host, body: body) else {
      return (0, nil)
    }
    let members = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
    return (reply.status, members?["access_token"] as? String)
  }

  func me(_ token: String) async throws -> String {
    try await stack.client.send("GET", "/v1/players/me", at: address, host: stack.brands[0].host, token: token).summary
  }
}
