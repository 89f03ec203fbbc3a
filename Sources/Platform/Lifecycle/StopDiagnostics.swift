package import Kernel

/// What a process is busy with, for whoever waits for it to stop. Pure.
package enum StopDiagnostics {
  /// Why it was written down.
  package enum Event: String, Sendable {
    /// The stop took too long and was forced.
    case forced = "forced_stop"
    /// Somebody asked with SIGUSR1; the process goes on.
    case requested
  }

  /// The file's text: one JSON object.
  ///
  /// - Parameters:
  ///   - limit: how long a stop may take.
  ///   - unfinished: the names of the services that have not ended.
  package static func text(
    _ event: Event, at moment: Timestamp, environment: DeploymentEnvironment, build: BuildInformation, limit: Duration, isDraining: Bool,
    inFlight: [InFlightRequests.Entry], unfinished: [String], now: ContinuousClock.Instant
  ) -> String {
    let requests: [JSONValue] = inFlight.map { entry in
      [
        "service": .string(entry.service), "method": .string(entry.method), "path": .string(entry.path),
        "request_id": .string(entry.requestID),
        "running_ms": .number(String(Int64((now - entry.startedAt).inSeconds * 1000))),
      ]
    }
    return JSONWriter.text(of: [
      "event": .string(event.rawValue), "at": .string(moment.description), "environment": .string(environment.label),
      "version": .string(build.version), "commit": .string(build.commit), "draining": .boolean(isDraining),
      "shutdown_seconds": .number(String(limit.components.seconds)), "unfinished": .array(unfinished.map { .string($0) }),
      "in_flight": .array(requests),
    ]) + "\n"
  }

  package static func fileName(_ event: Event, at moment: Timestamp, process: Int32) -> String {
    let word = event == .forced ? "stop" : "state"
    return "cordon-\(word)-\(moment.microseconds)-\(process).json"
  }
}
