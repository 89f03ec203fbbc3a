/// Dependencies point downwards (docs/architecture.md).
enum LayerRules {
  /// The layers from the ground up. A target may use what stands in a layer below its own, and nothing of its own layer.
  static let layers: [[String]] = [
    ["Kernel"],
    ["Evidence"],
    ["Contracts"],
    ["CLibPQ", "CHiredis", "CPgQuery", "CSodium", "Reactor"],
    ["Postgres", "Redis", "SQLAudit"],
    ["Platform"],
    ["Security"],
    ["Audit"],
    ["Gateway", "Player", "Wallet", "Game", "Admin", "Witness"],
    ["PrivateServers"],
    ["Composition"],
    ["cordon", "cordon-verify", "evidence-benchmark", "TestSupport"],
  ]

  /// What a target may use of this package where that is less than everything below it.
  static let narrow: [String: Set<String>] = [
    // A service's money and people go through its driver's API; the reactor and the C libraries are the drivers' own.
    "Reactor": [], "PrivateServers": ["Kernel"], "Evidence": ["Kernel"],
    // It reads sources, and knows nothing of what they are for.
    "SQLAudit": ["CPgQuery", "Kernel"],
    // It must judge without anything that reaches a database or a network.
    "cordon-verify": ["Evidence", "Kernel"],
  ]

  static func level(of target: String) -> Int? { layers.firstIndex { $0.contains(target) } }

  /// - Parameter uses: a target and what it declares or imports, of this package.
  static func violations(_ uses: [(target: String, used: String)]) -> [String] {
    uses.compactMap { target, used in
      guard let level = level(of: target) else { return "\(target) stands in no layer" }
      guard let below = Self.level(of: used) else { return "\(target) uses \(used), which stands in no layer" }
      if let allowed = narrow[target], !allowed.contains(used) { return "\(target) may not use \(used)" }
      return below < level ? nil : "\(target) uses \(used), which doesn't stand below it"
    }
  }
}
