internal import Contracts
internal import HTTPTypes
internal import Kernel

/// The operations that every role has besides its own: probes, metrics and documents. All of them are open, and none asks Redis
/// (S0-RES-18).
package struct PlatformRoutes: Sendable {
  package static let probePaths: Set<String> = ["/health", "/healthz", "/livez", "/ready", "/readyz", "/metrics"]

  private let context: RoleContext
  private let probe: ReadinessProbe
  private let acceptedKeyIDs: @Sendable () -> [String]
  private let warnings: @Sendable () -> [String]
  private let startedAt = ContinuousClock.now
  private let process: ProcessMetrics

  /// - Parameter warnings: what an operator should know although the role can serve.
  package init(
    context: RoleContext, checks: [ReadinessCheck], acceptedKeyIDs: @escaping @Sendable () -> [String],
    warnings: @escaping @Sendable () -> [String] = { [] }
  ) {
    self.context = context
    self.probe = ReadinessProbe(service: context.role.processName, checks: checks, drain: context.drain)
    self.acceptedKeyIDs = acceptedKeyIDs
    self.warnings = warnings
    self.process = ProcessMetrics(registry: context.registry)
  }

  /// The platform's operations, with a document that describes them and `endpoints`.
  ///
  /// - Parameter serverURL: where the role is reached, for the document.
  package func endpoints(describing endpoints: [Endpoint], serverURL: String) -> [Endpoint] {
    let own = probes + [metrics]
    let pages = ["/docs", "/redoc"].map { page($0, html: "") }
    let described = endpoints + own + [document("")] + pages
    let text = OpenAPIDocument.text(
      role: context.role, version: context.build.version, serverURL: serverURL, endpoints: described)
    let html = OperationsPage.html(role: context.role, endpoints: described)
    return own + [document(text)] + ["/docs", "/redoc"].map { page($0, html: html) }
  }

  private var probes: [Endpoint] {
    let health = [("/health", "health"), ("/healthz", "healthz"), ("/livez", "livez")].map { path, id in
      Endpoint(
        .get, path, id: id, summary: "Whether the process is alive, and what it runs as", access: .open, reply: .json(HealthBody.self)
      ) { _ in try .json(healthBody) }
    }
    let ready = [("/ready", "ready"), ("/readyz", "readyz")].map { path, id in
      Endpoint(
        .get, path, id: id, summary: "Whether the instance can serve, check by check", access: .open, reply: .json(ReadinessBody.self)
      ) { _ in
        let (isReady, body) = await probe.run()
        return try .json(body, status: isReady ? .ok : .serviceUnavailable)
      }
    }
    return health + ready
  }

  private var healthBody: HealthBody {
    let freeze = context.freeze?.status ?? FreezeDecision()
    return HealthBody(
      role: context.role.processName, status: "ok", environment: context.environment.label, version: context.build.version,
      commit: context.build.commit, enforcementMode: context.enforcement.rawValue,
      enforcementOverrides: context.enforcementPolicy.living(at: context.clock.now()).map(\.description),
      uptimeSeconds: (ContinuousClock.now - startedAt).components.seconds, draining: context.drain.isDraining,
      acceptedKeyIDs: acceptedKeyIDs().sorted(), frozenTables: freeze.frozen, freezeUnknownTables: freeze.unknown,
      warnings: Array(warnings().prefix(HealthBody.warningsMax)))
  }

  private var metrics: Endpoint {
    Endpoint(
      .get, "/metrics", id: "metrics", summary: "The role's metrics in Prometheus' text formats", access: .open,
      reply: .other(contentType: "text/plain")
    ) { [registry = context.registry] request in
      let format = MetricsFormat.accepted(by: request.header("accept"))
      return .text(registry.exposition(format), contentType: format.contentType)
    }
  }

  private func document(_ text: String) -> Endpoint {
    Endpoint(
      .get, "/openapi.json", id: "openapi", summary: "This description", access: .open, reply: .other(contentType: "application/json")
    ) { _ in .jsonBytes(Array(text.utf8)) }
  }

  private func page(_ path: String, html: String) -> Endpoint {
    Endpoint(
      .get, path, id: String(path.dropFirst()), summary: "The operations as a page", access: .open, reply: .other(contentType: "text/html")
    ) { _ in
      Reply.text(html, contentType: "text/html; charset=utf-8").with("content-security-policy", "default-src 'none'; style-src 'none'")
    }
  }
}
