/// The label of the environment a process runs in, from `CORDON_ENV`, `APP_ENV` and `ENVIRONMENT`.
///
/// Anything outside a short list of development labels is production-grade, and so is an absent label; when the three
/// variables disagree, the stricter one decides (C-24).
package struct DeploymentEnvironment: Hashable, Sendable, CustomStringConvertible {
  package let label: String

  package static let developmentLabels: Set<String> = ["local", "dev", "development", "test", "ci"]

  package init(label: String) { self.label = label.lowercased() }

  /// - Parameter labels: the values of the three variables that are set, in their order.
  package init(labels: [String]) {
    let lowered = labels.map { $0.lowercased() }.filter { !$0.isEmpty }
    let strictest = lowered.first { !Self.developmentLabels.contains($0) } ?? lowered.first
    self.label = strictest ?? "production"
  }

  package var isProductionGrade: Bool { !Self.developmentLabels.contains(label) }

  package var description: String { label }
}
