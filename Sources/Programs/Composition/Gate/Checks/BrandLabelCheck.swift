internal import Kernel

/// Some metric of some role names each enabled brand.
struct BrandLabelCheck: GateCheck {
  func look(at scene: GateScene) async throws -> GateFinding {
    let named = scene.states.values.reduce(into: Set<String>()) { $0.formUnion($1.metrics.brands) }
    let brands = try await scene.enabledBrands()
    return .judged(
      "metrics name the brands \(named.sorted().joined(separator: ", "))",
      faults: brands.filter { !named.contains($0.code.rawValue) && !named.contains("\($0.id)") }.map { "no metric names brand \($0.code)" })
  }
}
