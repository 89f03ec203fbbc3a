internal import AsyncHTTPClient
package import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging
package import Platform

/// Asks game_service to replay dead letters. The letter's bytes don't travel: game_service replays what the table has, and nothing else.
package struct DeadLetterReplayClient: Sendable {
  /// One for the program's life. A game_service that isn't there is told at once, not tried until the deadline.
  private static let http: HTTPClient = {
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(configuration: configuration)
  }()
  /// Longer than game_service waits for the wallet.
  private static let deadline: Duration = .seconds(15)

  package let baseURL: String
  private let client: InternalClient

  /// - Parameter configuration: `GAME_SERVICE_URL`, else what the roles use if it is set, else the default; and the token of calls by `admin`.
  package init(_ configuration: EffectiveConfiguration, build: BuildInformation) {
    let ofRoles = Settings.url(of: .gameService)
    let isOfRoles = !configuration.isExplicit(Settings.gameServiceURL) && configuration.isExplicit(ofRoles)
    let url = configuration.text(isOfRoles ? ofRoles : Settings.gameServiceURL) ?? ""
    baseURL = url.hasSuffix("/") ? String(url.dropLast()) : url
    client = InternalClient(
      http: Self.http, caller: .admin, target: .gameService, baseURL: baseURL,
      token: configuration.text(Settings.token(of: .admin)) ?? configuration.text(Settings.sharedInternalToken),
      metrics: PlatformMetrics(
        registry: MetricsRegistry(), role: .adminService, build: build, enforcement: configuration.enforcement))
  }

  /// Where a replay goes.
  package func target(of id: Int64) -> String { baseURL + Self.path(of: id) }

  /// - Throws: `Problem`, for every answer but a 2xx that is about this letter.
  package func replay(_ id: Int64) async throws -> DeadLetterReplayAnswer { try await call(id, Self.path(of: id)) }

  /// What the replay would do. Changes nothing.
  package func foresee(_ id: Int64) async throws -> DeadLetterReplayAnswer { try await call(id, Self.path(of: id) + "?dry_run=true") }

  private func call(_ id: Int64, _ path: String) async throws -> DeadLetterReplayAnswer {
    let answer = try await client.call(
      .post, path, answer: DeadLetterReplayAnswer.self, brand: nil,
      context: CallContext(requestID: "dlq-\(UUIDv7.next())", trace: .new(), logger: Self.silent), deadline: Self.deadline)
    // Something else that answers 200 to everything isn't game_service.
    guard answer.id == id else { throw Problem(.upstreamUnavailable, detail: "\(baseURL) answered about another dead letter") }
    return answer
  }

  private static func path(of id: Int64) -> String { "/internal/game/dead-letters/\(id)/replay" }

  /// What goes wrong is told by the command.
  private static let silent = Logger(label: "cordon.dlq") { _ in SwiftLogNoOpLogHandler() }
}
