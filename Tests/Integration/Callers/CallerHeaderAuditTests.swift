import Composition
import Contracts
import Crypto
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

/// The seed's `test_per_caller_header_audit`: who calls another role says who it is. What the sources may contain is Tests/Architecture's.
@Suite("Per-caller header audit", .serialized, .timeLimit(.minutes(2)))
struct CallerHeaderAuditTests {
  private static let shared = "the-token-that-everybody-has-0123456789"
  private static let operatorID = "ops:callers"

  private struct ManualDeposit: Encodable {
    let amount: Int
    let currency: String
    let reason: String
  }

  /// What the provider `mg` sends when a bet has won: no session is asked for, and the wallet decides.
  private struct Win: Encodable {
    let request: String
    let account: String
    let currency: String
    let transaction = "audited"
    let round = "round"
    let amount = 5
    let reference = "a-bet"

    enum CodingKeys: String, CodingKey {
      case request = "request_uuid"
      case account = "user"
      case transaction = "transaction_uuid"
      case round, amount, currency
      case reference = "reference_transaction_uuid"
    }
  }

  @Test(
    "S0-TOK-01 S0-SIG-01 S0-SIG-17 on the wire every internal client of the release sends its label and token, those with a brand the brand, and writes the signature: gateway, game and admin to the wallet, and the replay tool to the game service"
  )
  func ownTokens() async throws {
    try await RunningStack.run { stack in
      func token(_ caller: CallerLabel) -> String { stack.settings["INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)"] ?? "" }
      try await audit(stack, settings: [:], without: [], token: token)
    }
  }

  @Test("S0-TOK-10 where only the shared token is provisioned every one of them sends that, and its label all the same")
  func sharedToken() async throws {
    let own = Set(CallerLabel.allCases.map { "INTERNAL_SERVICE_TOKEN_\($0.environmentSuffix)" })
    try await RunningStack.run { stack in
      try await audit(stack, settings: ["INTERNAL_SERVICE_TOKEN": Self.shared], without: own) { _ in Self.shared }
    }
  }

  @Test("the audit sees what is missing")
  func planted() {
    let whole = WireCall(
      "POST / HTTP/1.1\r\nX-Caller-Service: admin\r\nX-Internal-Service-Token: t\r\nX-Brand-Id: 1\r\nX-Brand-Signature: v1.x")
    #expect(whole.missing(caller: "admin", token: "t", brand: 1, isSigned: true).isEmpty)
    #expect(whole.missing(caller: "game", token: "u", brand: 2, isSigned: true).count == 3)
    #expect(WireCall("POST / HTTP/1.1").missing(caller: "admin", token: "t", brand: 1, isSigned: true).count == 4)
  }

  // MARK: The four clients

  private func audit(
    _ stack: RunningStack, settings: [String: String], without removed: Set<String>, token: (CallerLabel) -> String
  ) async throws {
    let server = try CannedServer(#"{"id":1}"#)
    defer { server.stop() }
    let environment = settings.merging(["CORDON_WALLET_SERVICE_URL": server.url]) { $1 }
    let brand = stack.brands[1]
    let player = try await stack.player("audited", on: brand)
    var seen = 0
    func next(_ caller: CallerLabel, brand: Int64?, isSigned: Bool, _ call: () async throws -> Void) async throws {
      try await call()
      let calls = server.requests.dropFirst(seen).map { WireCall($0) }
      seen = server.requests.count
      #expect(!calls.isEmpty, "\(caller) has called nobody")
      for call in calls {
        let faults = call.missing(caller: caller.rawValue, token: token(caller), brand: brand, isSigned: isSigned)
        #expect(faults.isEmpty, "\(caller), \(call.line): \(faults)")
      }
    }
    try await serving(.gateway, stack, environment, removed) { url in
      try await next(.gateway, brand: brand.id, isSigned: false) {
        _ = try await stack.client.send("GET", "/v1/wallet/balances", at: url, host: brand.host, token: player.token)
      }
      try await next(.gateway, brand: brand.id, isSigned: true) {
        let body = WalletAmountBody(amount: 5, currency: brand.currency)
        _ = try await stack.client.send(
          "POST", "/v1/wallet/deposits", at: url, host: brand.host, token: player.token, key: "audited", body: body)
      }
    }
    try await serving(.adminService, stack, environment, removed) { url in
      let session = try await stack.operatorToken(of: Self.operatorID)
      try await next(.admin, brand: brand.id, isSigned: true) { try await deposit(player, at: url, session, stack) }
    }
    try await serving(.gameService, stack, environment, removed) { url in
      try await next(.game, brand: brand.id, isSigned: true) {
        try await win(Win(request: "audited", account: "\(brand.code)_audited", currency: brand.currency), at: url, stack)
      }
    }
    let lost = Win(request: "lost", account: "ghost_audited", currency: brand.currency)
    try await win(lost, at: stack.url(.gameService), stack)
    try await next(.admin, brand: nil, isSigned: false) { try await replay(stack, server.url, settings, removed) }
  }

  private func serving(
    _ role: ServiceRole, _ stack: RunningStack, _ settings: [String: String], _ removed: Set<String>,
    _ body: (String) async throws -> Void
  ) async throws {
    try await RoleProcess.serving(role, stack, settings: settings, without: removed) { try await body($0.url) }
  }

  private func deposit(_ player: StackPlayer, at url: String, _ session: String, _ stack: RunningStack) async throws {
    let headers = stack.headers(ofOperator: Self.operatorID, player.brand)
    let body = ManualDeposit(amount: 5, currency: player.brand.currency, reason: "audited")
    _ = try await stack.client.send(
      "POST", "/v1/admin/players/\(player.id)/deposits", at: url, token: session, key: "audited", body: body, headers: headers)
  }

  private func win(_ win: Win, at url: String, _ stack: RunningStack) async throws {
    let keys = try JSONDocument.parse(Array((stack.settings["GAME_SIMULATOR_KEYS"] ?? "").utf8))
    let key = SymmetricKey(data: Array(try #require(keys["mg"]?.text).utf8))
    let code = HMAC<SHA256>.authenticationCode(for: try JSONBytes.encode(win), using: key)
    _ = try await stack.client.send(
      "POST", "/callbacks/mg/win", at: url, body: win, headers: ["X-MG-Signature": Hexadecimal.encode(code)])
  }

  private func replay(_ stack: RunningStack, _ url: String, _ settings: [String: String], _ removed: Set<String>) async throws {
    let letter = try await stack.psql("SELECT min(id) FROM cordon.game_callback_dead_letter")
    var environment = ["CORDON_ENV": "local", "GAME_SERVICE_URL": url, "DATABASE_URL": stack.settings["DATABASE_URL"] ?? ""]
    environment.merge(settings) { $1 }
    if removed.isEmpty { environment["INTERNAL_SERVICE_TOKEN_ADMIN"] = stack.settings["INTERNAL_SERVICE_TOKEN_ADMIN"] }
    let run = try await CordonProgram(environment: environment).run("dlq", "replay", "--id", letter, "--yes")
    #expect(![2, 4].contains(run.status), "letter \(letter): \(run.messages)")
  }
}
