package import Kernel

/// What a stop that had to be forced was waiting for. Pure.
package enum StopDiagnostics {
  /// The file's text: one JSON object.
  package static func text(
    at moment: Timestamp, environment: DeploymentEnvironment, build: BuildInformation, limit: Duration, inFlight: [InFlightRequests.Entry],
    now: ContinuousClock.Instant
  ) -> String {
    let requests: [JSONValue] = inFlight.map { entry in
      [
        "method": .string(entry.method), "path": .string(entry.path), "request_id": .string(entry.requestID),
        "running_ms": .number(String(Int64((now - entry.startedAt).inSeconds * 1000))),
      ]
    }
    return JSONWriter.text(of: [
      "event": "forced_stop", "at": .string(moment.description), "environment": .string(environment.label),
      "version": .string(build.version),
      "commit": .string(build.commit), "shutdown_seconds": .number(String(limit.components.seconds)), "in_flight": .array(requests),
    ]) + "\n"
  }

  package static func fileName(at moment: Timestamp, process: Int32) -> String { "cordon-stop-\(moment.seconds)-\(process).json" }
}
