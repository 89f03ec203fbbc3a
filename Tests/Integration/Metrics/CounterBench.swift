import Composition
import Contracts
import Foundation
import Kernel
import Platform
import Security
import Testing

/// A running stack whose counters are driven by real calls of another role.
struct CounterBench: Sendable {
  static let previousKey = "the-signing-key-before-this-one-0123456789"
  static let sharedToken = "the-token-that-everybody-had-0123456789"
  static let previousToken = "the-token-of-recon-before-0123456789"
  static let settings = [
    "MULTI_BRAND_ENFORCEMENT": "enforce", "BRAND_SIGNING_KEY_PREV": previousKey, "INTERNAL_SERVICE_TOKEN": sharedToken,
    "INTERNAL_SERVICE_TOKEN_RECON_PREV": previousToken, "PLISIO_SECRET_KEY": "a-secret-of-the-metrics-tests",
  ]

  private static let target = "/internal/wallet/deposit"
  private static let operatorID = "ops:metrics"
  private static let password = "correct horse battery staple"

  private struct SignedIn: Decodable {
    let token: String

    enum CodingKeys: String, CodingKey { case token = "access_token" }
  }

  let stack: RunningStack
  /// A wallet that isn't the stack's own; nil: the stack's.
  var wallet: String?

  private var walletURL: String { wallet ?? stack.url(.walletService) }

  /// - Parameter series: what must be there and show one more after `act`.
  func expectOneMore(
    _ series: String, at role: ServiceRole, _ location: SourceLocation = #_sourceLocation, after act: () async throws -> Void
  ) async throws {
    let url = role == .walletService ? walletURL : stack.url(role)
    let before = try await MetricPage.at(url, stack).value(series) ?? 0
    try await act()
    let page = try await MetricPage.at(url, stack)
    let name = series.prefix { $0 != "{" }
    #expect(page.value(series) == before + 1, "\(series): \(page.series(of: String(name)))", sourceLocation: location)
  }

  // MARK: Calls

  /// A deposit that recon sends, unsigned.
  /// - Parameter key: nil makes one that nobody used.
  @discardableResult
  func deposit(
    _ amount: Int64 = 500, to player: StackPlayer, on brand: StackBrand? = nil, key: String? = nil, headers: [String: String] = [:]
  ) async throws -> StackReply {
    let brand = brand ?? player.brand
    return try await stack.client.send(
      "POST", Self.target, at: walletURL, key: key ?? UUID().uuidString,
      body: WalletDepositBody(player: player.id, amount: amount, currency: brand.currency),
      headers: stack.headers(of: .recon, brand).merging(headers) { $1 })
  }

  /// The value of `X-Brand-Signature` for such a deposit.
  func signature(_ amount: Int64 = 500, to player: StackPlayer, key: String? = nil) throws -> [String: String] {
    let brand = try #require(BrandID(player.brand.id))
    let body = try JSONBytes.encode(WalletDepositBody(player: player.id, amount: amount, currency: player.brand.currency))
    let secret = try #require(key ?? stack.settings["BRAND_SIGNING_KEY"])
    let signer = try #require(BrandSigner(keys: BrandSignatureKeys(active: secret)))
    let request = BrandSignedRequest(caller: .recon, brand: brand, method: "POST", target: Self.target, body: body)
    return [HeaderNames.brandSignature: signer.sign(request, now: WallClock.system.now())]
  }

  /// One request of anybody through the gateway.
  @discardableResult
  func visit(_ host: String, _ path: String = "/v1/brand", token: String? = nil) async throws -> StackReply {
    try await stack.client.send("GET", path, at: stack.url(.gateway), host: host, token: token)
  }

  /// Writes a setting of the whole platform, as a super-admin does.
  func writeGlobally() async throws -> StackReply {
    let hash = try await PasswordHasher(cost: .least).hash(Self.password)
    try await stack.psql(
      "INSERT INTO cordon.staff (admin_id, password_hash, roles) VALUES ('\(Self.operatorID)', '\(hash)', '{super_admin}')")
    let signedIn = try await stack.client.send(
      "POST", "/v1/admin/sessions", at: stack.url(.adminService), body: ["admin_id": Self.operatorID, "password": Self.password])
    return try await stack.client.send(
      "PUT", "/v1/admin/global-vars/metrics_text", at: stack.url(.adminService), token: try signedIn.decode(SignedIn.self).token,
      body: ["value": "x"], headers: [HeaderNames.operatorID: Self.operatorID])
  }
}
