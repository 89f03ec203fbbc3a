internal import Contracts
internal import HTTPTypes
internal import Kernel
package import Platform

/// Turns an admitted HTTP request into a wallet command and its answer into a reply; the same for internal and player routes.
package struct WalletCommandRunner: Sendable {
  private let commands: WalletCommands
  private let catalog: BrandCatalog

  package init(commands: WalletCommands, catalog: BrandCatalog) {
    self.commands = commands
    self.catalog = catalog
  }

  static let keyParameter = Parameter.header(
    HeaderNames.idempotencyKey, .string(length: 1...(Limits.idempotencyKeyCharactersMax * 2 + 2), pattern: .visibleASCII),
    "The client's own name for the command; the same key and body always get the same answer.")

  static let refusals: [ProblemReason] =
    [
      .idempotencyKeyRequired, .idempotencyKeyInvalid, .idempotencyMismatch, .idempotencyBrandSplit, .crossBrandRejected, .currencyMismatch,
      .topologyMissing, .policyMissing, .outcomeUnknown, .overloaded,
    ] + Set(WalletRefusal.allCases.map(\.reason)).sorted { $0.rawValue < $1.rawValue }

  /// - Parameters:
  ///   - originHost: the public host that the request came through, where it came through one.
  ///   - link: where the receipts of a command of that key are read.
  ///   - storedKey: how the caller's key is stored, so that callers don't meet in one key space.
  func run(
    _ ask: WalletAsk, for request: EndpointRequest, originHost: String? = nil, link: @Sendable (IdempotencyKey) -> WalletReceiptLink,
    storedKey: @Sendable (IdempotencyKey, Brand) throws -> String
  ) async throws -> Reply {
    let key = try Self.key(of: request)
    let brand = try await brand(of: request)
    let command = try Self.command(ask, key: try storedKey(key, brand), brand: brand, originHost: originHost, request)
    return Self.reply(try await commands.execute(command), link(key))
  }

  /// Executes commands that came in one request, in their order; each has an outcome of its own.
  func run(_ commands: [WalletRequest]) async -> [WalletOutcome] { await self.commands.execute(commands) }

  func brand(of request: EndpointRequest) async throws -> Brand {
    let id = try request.brand()
    guard let brand = try await catalog.brand(id) else { throw Problem(.unresolvedBrand, detail: "brand \(id) is not in the catalogue") }
    return brand
  }

  /// - Parameter key: as it is stored.
  static func command(
    _ ask: WalletAsk, key: String, brand: Brand, originHost: String? = nil, _ request: EndpointRequest
  ) throws(Problem) -> WalletRequest {
    guard let player = PlayerID(ask.player) else { throw Problem(.playerNotFound) }
    return WalletRequest(
      brand: brand, key: key, player: player, action: ask.action, currency: ask.currency, reason: ask.reason, originHost: originHost,
      caller: request.identity.caller ?? .gateway, requestID: request.requestID, traceID: request.trace.traceID, logger: request.logger)
  }

  static func key(of request: EndpointRequest) throws(Problem) -> IdempotencyKey {
    guard let header = request.header(HeaderNames.idempotencyKey) else { throw Problem(.idempotencyKeyRequired) }
    guard let key = IdempotencyKey(header: header) else { throw Problem(.idempotencyKeyInvalid) }
    return key
  }

  private static func reply(_ answer: WalletAnswer, _ link: WalletReceiptLink) -> Reply {
    let type = answer.status < 400 ? "application/json" : ProblemBody.contentType
    var reply = Reply(status: .init(code: answer.status), headers: [.contentType: type], body: answer.body)
    if answer.status < 300 { reply = reply.with(HeaderNames.link, link.header) }
    return answer.isReplay ? reply.with(HeaderNames.idempotencyReplayed, "true") : reply
  }
}
