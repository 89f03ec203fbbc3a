import Composition
import Contracts
import Foundation
import Kernel

/// The metric families of a running stack's six roles. One stack serves all tests that ask.
enum StackMetrics {
  struct Families: Sendable {
    /// Type by name: counter, gauge or histogram.
    var types: [String: String] = [:]
    /// Names of the labels by family.
    var labels: [String: Set<String>] = [:]

    var counters: Set<String> { Set(types.filter { $0.value == "counter" }.keys) }
  }

  static func families() async throws -> Families { try await scrape.value }

  private static let scrape = Task {
    try await RunningStack.run { stack in
      // Series of a brand's commands appear with the first one.
      let player = try await stack.player("metrics", on: stack.brands[0])
      _ = try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(player.brand.code):metrics",
        body: WalletDepositBody(player: player.id, amount: 500, currency: player.brand.currency),
        headers: stack.headers(of: .admin, player.brand))
      var families = Families()
      for role in RunningStack.roles {
        let text = try await stack.client.send("GET", "/metrics", at: stack.url(role)).text
        for match in text.matches(of: #/(\w+)\{([^}]*)\} /#) {
          let family = String(match.output.1).replacing(/_(bucket|count|sum)$/, with: "")
          families.labels[family, default: []].formUnion(match.output.2.matches(of: /(\w+)="/).map { String($0.output.1) })
        }
        for match in text.matches(of: /# TYPE (\w+) (\w+)/) { families.types[String(match.output.1)] = String(match.output.2) }
      }
      // Of the process, as Prometheus' own client libraries name it; a rate, not a count of events.
      families.types["process_cpu_seconds_total"] = "gauge"
      return families
    }
  }
}
