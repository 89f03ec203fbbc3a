import Composition
import Foundation
import Kernel
import Platform
import Synchronization
import TestSupport
import Testing

/// The rotation of players' keys on processes of their own, as an operator does it.
@Suite("Rotation of the JWT keys", .serialized)
struct KeyReloadTests {
  /// How the processes are told of their file.
  enum Source: String, CaseIterable, Sendable {
    case option = "--config"
    case environment = "CORDON_CONFIG_FILE"
  }

  /// One key pair as `cordon keys generate` makes it, under a key id of the test's.
  private struct Pair {
    let id: String
    let privateKey: String
    let publicKey: String

    static func make(_ id: String) async throws -> Pair {
      let lines = DotenvFile.parse(try await CordonProgram().run("keys", "generate").output).lines
      let values = Dictionary(lines.map { ($0.name, $0.value) }) { $1 }
      let keys = try JSONDecoder().decode([String: String].self, from: Data((values["JWT_PUBLIC_KEYS"] ?? "").utf8))
      return Pair(id: id, privateKey: try #require(values["JWT_PRIVATE_KEY"]), publicKey: try #require(keys.values.first))
    }
  }

  /// What a client that goes on throughout was answered; 0 where there was no answer.
  private final class Statuses: Sendable {
    private let kept = Mutex<[Int]>([])

    var all: [Int] { kept.withLock { $0 } }

    func add(_ status: Int?) { kept.withLock { $0.append(status ?? 0) } }
  }

  @Test(
    "S0-JWT-04 S0-JWT-05 S0-JWT-10 S0-JWT-12 verifiers take keys from their file while they run, no caller is refused in a rotation, and a key that is removed ends its tokens",
    arguments: Source.allCases)
  func rotation(_ source: Source) async throws {
    try await RunningStack.run { stack in
      let (old, new) = (try await Pair.make("20261120-1"), try await Pair.make("20261121-1"))
      let ports = ["GATEWAY": try FreePort.next(), "PLAYER_SERVICE": try FreePort.next()]
      let urls = ports.mapValues { "http://127.0.0.1:\($0)" }
      let file = "\(stack.configurationFile).rotation"
      func configure(issuer: Pair, accepted: [Pair]) throws {
        try write(try settings(of: stack, ports, issuer: issuer, accepted: accepted), to: file)
      }
      try configure(issuer: old, accepted: [old])
      let gateway = try start("gateway", file, source)
      var player = try start("player_service", file, source)
      for url in urls.values { try await expectAccepted([old], at: url, stack) }
      let began = try await uptimes(urls, stack)
      let address = urls["GATEWAY"] ?? ""
      let token = try await logIn("rotating", at: address, stack)

      let seen = Statuses()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { [host = stack.brands[0].host, client = stack.client] in
          while !Task.isCancelled {
            seen.add(try? await client.send("GET", "/v1/players/me", at: address, host: host, token: token).status)
            try? await Task.sleep(for: .milliseconds(5))
          }
        }
        try configure(issuer: old, accepted: [old, new])
        try await stack.redis("PUBLISH", "jwt_public_keys_changed", "1")
        for url in urls.values { try await expectAccepted([old, new], at: url, stack) }
        #expect(try await uptimes(urls, stack).allSatisfy { $0.value >= began[$0.key] ?? .max }, "a process has begun anew")
        // The issuer is the one role that must begin anew: its private key is no setting that changes under it.
        try configure(issuer: new, accepted: [old, new])
        player.signal(SIGTERM)
        #expect(await player.status() == 0)
        player = try start("player_service", file, source)
        try await expectAccepted([old, new], at: urls["PLAYER_SERVICE"] ?? "", stack)
        try await eventually("the old token is served again") { seen.all.last == 200 }
        group.cancelAll()
      }
      #expect(seen.all.contains(200) && !seen.all.contains(401))
      let fresh = try await logIn("rotated", at: address, stack)
      #expect(try await me(fresh, at: address, stack) == "200")
      #expect(try await me(token, at: address, stack) == "200")

      try configure(issuer: new, accepted: [new])
      try await stack.redis("PUBLISH", "jwt_public_keys_changed", "1")
      for url in urls.values { try await expectAccepted([new], at: url, stack) }
      #expect(try await me(token, at: address, stack) == "401 unknown_kid")
      #expect(try await me(fresh, at: address, stack) == "200")
      for run in [gateway, player] {
        run.signal(SIGTERM)
        #expect(await run.status() == 0)
      }
    }
  }

  /// The token that a client shows, and up to which one it has been answered.
  private final class ShownToken: Sendable {
    private let state = Mutex((token: "", number: 0, answered: 0))

    var shown: (token: String, number: Int) { state.withLock { ($0.token, $0.number) } }
    var answered: Int { state.withLock { $0.answered } }

    func change(_ token: String) { state.withLock { $0 = (token, $0.number + 1, $0.answered) } }
    func note(_ number: Int) { state.withLock { $0.answered = max($0.answered, number) } }
  }

  @Test(
    "S0-JWT-10 twenty rotations one after the other under load: no valid token is refused, and no removed key's is taken",
    .timeLimit(.minutes(3)))
  func twenty() async throws {
    try await RunningStack.run { stack in
      let ports = ["GATEWAY": try FreePort.next(), "PLAYER_SERVICE": try FreePort.next()]
      let urls = ports.mapValues { "http://127.0.0.1:\($0)" }
      let address = urls["GATEWAY"] ?? ""
      let file = "\(stack.configurationFile).rotations"
      var old = try await Pair.make("20261120-1")
      func configure(issuer: Pair, accepted: [Pair]) async throws {
        try write(try settings(of: stack, ports, issuer: issuer, accepted: accepted), to: file)
        try await stack.redis("PUBLISH", "jwt_public_keys_changed", "1")
      }
      try await configure(issuer: old, accepted: [old])
      let gateway = try start("gateway", file, .option)
      var player = try start("player_service", file, .option)
      // What is left of them when the test ends early.
      defer { for run in [gateway, player] where !run.hasEnded { run.signal(SIGKILL) } }
      for url in urls.values { try await expectAccepted([old], at: url, stack) }
      let (seen, shown) = (Statuses(), ShownToken())
      shown.change(try await logIn("rotation-0", at: address, stack))
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask { [host = stack.brands[0].host, client = stack.client] in
          while !Task.isCancelled {
            let (token, number) = shown.shown
            let status = try? await client.send("GET", "/v1/players/me", at: address, host: host, token: token).status
            if Task.isCancelled { return }
            seen.add(status)
            if status == 200 { shown.note(number) }
            try? await Task.sleep(for: .milliseconds(5))
          }
        }
        for number in 2...21 {
          let (stale, new) = (shown.shown.token, try await Pair.make("20261120-\(number)"))
          try await configure(issuer: old, accepted: [old, new])
          for url in urls.values { try await expectAccepted([old, new], at: url, stack) }
          try await configure(issuer: new, accepted: [old, new])
          player.signal(SIGTERM)
          #expect(await player.status() == 0)
          player = try start("player_service", file, .option)
          try await expectAccepted([old, new], at: urls["PLAYER_SERVICE"] ?? "", stack)
          shown.change(try await logIn("rotation-\(number)", at: address, stack))
          try await eventually("the client has moved") { shown.answered == number }
          try await configure(issuer: new, accepted: [new])
          for url in urls.values { try await expectAccepted([new], at: url, stack) }
          #expect(try await me(stale, at: address, stack) == "401 unknown_kid")
          old = new
        }
      }
      #expect(seen.all.count { $0 == 200 } > 20 && !seen.all.contains(401), "\(seen.all.count { $0 == 401 }) of \(seen.all.count)")
      for run in [gateway, player] {
        run.signal(SIGTERM)
        #expect(await run.status() == 0)
      }
    }
  }

  // MARK: The processes

  private func start(_ role: String, _ file: String, _ source: Source) throws -> ProgramRun {
    var environment = ["CORDON_ENV": "local", "CORDON_DRAIN_SECONDS": "0"]
    if source == .environment { environment[source.rawValue] = file }
    let program = CordonProgram(environment: environment)
    return source == .option ? try program.start("serve", role, source.rawValue, file) : try program.start("serve", role)
  }

  /// The stack's own settings with other addresses and keys.
  private func settings(of stack: RunningStack, _ ports: [String: Int], issuer: Pair, accepted: [Pair]) throws -> [String: String] {
    let lines = DotenvFile.parse(try String(contentsOfFile: stack.configurationFile, encoding: .utf8)).lines
    var values = Dictionary(lines.map { ($0.name, $0.value) }) { $1 }
    for (role, port) in ports {
      values["CORDON_\(role)_PORT"] = "\(port)"
      values["CORDON_\(role)_URL"] = "http://127.0.0.1:\(port)"
    }
    // A client that goes on throughout asks more often than a person.
    for limit in ["CORDON_RATE_LIMIT_PER_MINUTE", "CORDON_CREDENTIALS_RATE_LIMIT_PER_MINUTE"] { values[limit] = "10000000" }
    values["JWT_KID"] = issuer.id
    values["JWT_PRIVATE_KEY"] = issuer.privateKey
    let keys = Dictionary(uniqueKeysWithValues: accepted.map { ($0.id, $0.publicKey) })
    values["JWT_PUBLIC_KEYS"] = String(decoding: try JSONEncoder().encode(keys), as: UTF8.self)
    return values
  }

  /// Whole at once, as a deployment replaces it.
  private func write(_ values: [String: String], to file: String) throws {
    let text = values.sorted { $0.key < $1.key }.map { "\($0.key)='\($0.value)'\n" }.joined()
    try text.write(toFile: file, atomically: true, encoding: .utf8)
  }

  // MARK: What they say

  private func health(_ url: String, _ stack: RunningStack) async throws -> HealthBody {
    try await stack.client.send("GET", "/health", at: url).decode(HealthBody.self)
  }

  private func expectAccepted(_ pairs: [Pair], at url: String, _ stack: RunningStack) async throws {
    let wanted = pairs.map(\.id).sorted()
    try await eventually("\(url) accepts \(wanted)") { (try? await health(url, stack))?.acceptedKeyIDs == wanted }
  }

  private func uptimes(_ urls: [String: String], _ stack: RunningStack) async throws -> [String: Int64] {
    var uptimes: [String: Int64] = [:]
    for (role, url) in urls { uptimes[role] = try await health(url, stack).uptimeSeconds }
    return uptimes
  }

  private func logIn(_ account: String, at url: String, _ stack: RunningStack) async throws -> String {
    let body = ["account": account, "password": "correct horse battery staple"]
    let host = stack.brands[0].host
    try await eventually("the gateway reaches the player service") {
      try await stack.client.send("GET", "/v1/brand", at: url, host: host).status == 200
    }
    _ = try await stack.client.send("POST", "/v1/players", at: url, host: host, body: body)
    let reply = try await stack.client.send("POST", "/v1/sessions", at: url, host: host, body: body)
    let members = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
    return try #require(members?["access_token"] as? String, "\(reply.text)")
  }

  private func me(_ token: String, at url: String, _ stack: RunningStack) async throws -> String {
    try await stack.client.send("GET", "/v1/players/me", at: url, host: stack.brands[0].host, token: token).summary
  }
}
