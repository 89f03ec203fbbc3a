internal import Contracts
internal import Foundation
internal import Kernel
internal import Redis
internal import Security
internal import TestSupport

@testable import Gateway

extension GatewayBench {
  /// An answer as the client sees it.
  struct Answer: Sendable {
    let status: Int
    let fields: [String: String]
    let body: String

    init(_ text: String) {
      let parts = text.components(separatedBy: "\r\n\r\n")
      let lines = parts[0].components(separatedBy: "\r\n")
      status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      fields = lines.dropFirst().reduce(into: [:]) { fields, line in
        guard let colon = line.firstIndex(of: ":") else { return }
        fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
      body = parts.dropFirst().joined(separator: "\r\n\r\n")
    }

    private var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:] }

    var reason: String? { json["reason"] as? String }
    var requestID: String? { json["request_id"] as? String }
    func text(_ name: String) -> String? { json[name].map { "\($0)" } }
  }

  /// One request on a connection of its own.
  func call(
    _ target: String = "/v1/wallet/balances", method: String = "GET", host: String = "default.local", token: String? = nil,
    fields: [String: String] = [:], body: String? = nil
  ) async throws -> Answer {
    let client = try await RawClient.connect(port: port)
    var text = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
    if let token { text += "Authorization: Bearer \(token)\r\n" }
    for (name, value) in fields { text += "\(name): \(value)\r\n" }
    if let body { text += "Content-Length: \(body.utf8.count)\r\n" }
    try await client.send(text + "\r\n" + (body ?? ""))
    let answer = try await client.response(seconds: 10)
    await client.close()
    return Answer(answer)
  }

  /// Binds a host as an operator's `redis-cli SET` does.
  func bind(_ host: String, to brand: Int, level: Bool = false) async throws {
    let key = level ? RedisKeys.domainLevel(host) : RedisKeys.domainAgent(host)
    try await redis.set(key, RedisArgument(#"{"brand_id": \#(brand), "\#(level ? "level_id" : "agent_id")": 5}"#))
  }

  /// Both brands' usual hosts.
  func bindBoth() async throws {
    try await bind("default.local", to: 1)
    try await bind("brand2.local", to: 2)
  }

  /// A session that lives, and an access token for it.
  func logIn(brand: Int64 = 1, player: Int64 = 7, session: String = "s-1") async throws -> String {
    try await redis.set(RedisKeys.playerSession(brand: brand, session: session), "{}")
    return try token(brand: brand, player: player, session: session)
  }

  func token(
    brand: Int64 = 1, player: Int64 = 7, session: String = "s-1", signer: TokenSigner = GatewayKeys.current, lifetime: Int64 = 3600
  ) throws -> String {
    guard let brand = BrandID(brand), let player = PlayerID(player) else { throw Problem(.invalidField) }
    let now = clock.now.seconds
    let claims = PlayerClaims(
      brand: brand, player: player, sessionID: session, tokenID: "j-\(session)", issuedAt: now, expiresAt: now + lifetime)
    return try signer.sign(claims, kind: .playerAccess)
  }

  func waitForTracking(_ isOn: Bool = true) async throws {
    try await eventually("tracking is \(isOn)") { role.metric("cordon_gateway_redis_tracking") == (isOn ? 1 : 0) }
  }

  /// How often a resolution was refused for this reason.
  func failures(_ reason: String) -> Double {
    role.metric("brand_resolution_failed_total", ["reason": reason, "service": "gateway"]) ?? 0
  }
}
