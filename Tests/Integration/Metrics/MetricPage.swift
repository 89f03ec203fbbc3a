import Composition
import Kernel

/// `/metrics` of a role as an operator's `curl` gets it.
struct MetricPage: Sendable {
  let text: String

  static func of(_ role: ServiceRole, _ stack: RunningStack) async throws -> MetricPage { try await at(stack.url(role), stack) }

  static func at(_ url: String, _ stack: RunningStack) async throws -> MetricPage {
    MetricPage(text: try await stack.client.send("GET", "/metrics", at: url).text)
  }

  /// - Parameter series: name and labels exactly as they stand there; nil when there is no such series.
  func value(_ series: String) -> Double? {
    text.split(separator: "\n").first { $0.hasPrefix(series + " ") }?.split(separator: " ").last.flatMap { Double($0) }
  }

  /// All series of a name.
  func series(of name: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix(name + "{") || $0.hasPrefix(name + " ") }
  }
}
