internal import Contracts
internal import Evidence
internal import HTTPTypes
internal import Platform

/// Whether a witness lives and can cosign, and its metrics: under the paths that every role of the platform has.
struct WitnessProbes: Sendable {
  private let probe: ReadinessProbe
  private let registry: MetricsRegistry
  private let process: ProcessMetrics

  init(_ witness: Witness, registry: MetricsRegistry, drain: DrainState) {
    let state = witness.state
    let check = ReadinessCheck("state") {
      let lost = state.lost
      return lost.isEmpty ? .passed : .failed("the state is older than what was cosigned of \(lost.count) logs, \(lost[0]) first")
    }
    probe = ReadinessProbe(service: "witness", checks: [check], drain: drain)
    self.registry = registry
    process = ProcessMetrics(registry: registry)
  }

  var endpoints: [Endpoint] {
    ["/health", "/healthz", "/livez"].map(alive) + ["/ready", "/readyz"].map(ready) + [metrics]
  }

  private func alive(_ path: String) -> Endpoint {
    Endpoint(
      .get, path, id: String(path.dropFirst()), summary: "Whether the process is alive", access: .open,
      reply: .other(contentType: "application/json")
    ) { _ in .jsonBytes(Array(#"{"role":"witness","status":"ok"}"#.utf8)) }
  }

  private func ready(_ path: String) -> Endpoint {
    Endpoint(
      .get, path, id: String(path.dropFirst()), summary: "Whether the witness can cosign", access: .open, reply: .json(ReadinessBody.self)
    ) { [probe] _ in
      let (isReady, body) = await probe.run()
      return try .json(body, status: isReady ? .ok : .serviceUnavailable)
    }
  }

  private var metrics: Endpoint {
    Endpoint(
      .get, "/metrics", id: "metrics", summary: "The witness's metrics in Prometheus' text formats", access: .open,
      reply: .other(contentType: "text/plain")
    ) { [registry] request in
      let format = MetricsFormat.accepted(by: request.header("accept"))
      return .text(registry.exposition(format), contentType: format.contentType)
    }
  }
}
