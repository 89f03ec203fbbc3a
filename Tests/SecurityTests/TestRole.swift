internal import HTTPTypes
internal import Kernel
internal import Logging
internal import Platform

/// A role's metrics and requests, without the role.
enum TestRole {
  static func metrics(_ role: ServiceRole) -> PlatformMetrics {
    PlatformMetrics(
      registry: MetricsRegistry(), role: role, build: BuildInformation(version: "test", commit: "unknown"), enforcement: .enforce)
  }

  /// What a scrape shows of the series with these label values; nil if it isn't there.
  static func value(_ name: String, _ labels: [String] = [], in metrics: PlatformMetrics) -> Int? {
    let lines = metrics.registry.exposition(.prometheus).split(separator: "\n")
    let line = lines.first { line in
      line.hasPrefix(labels.isEmpty ? name + " " : name + "{") && labels.allSatisfy { line.contains("=\"\($0)\"") }
    }
    return line?.split(separator: " ").last.flatMap { Int($0) }
  }

  static func request(
    _ access: Access, _ method: HTTPRequest.Method = .post, target: String = "/internal/wallet/deposit", route: String? = nil,
    headers: [(String, String)] = [], body: [UInt8] = []
  ) -> GuardedRequest {
    var fields = HTTPFields()
    for (name, value) in headers {
      guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
      fields.append(HTTPField(name: name, value: value))
    }
    return GuardedRequest(
      access: access, method: method, target: target, route: route ?? target, headers: fields, body: body, requestID: "r-1",
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
  }
}
